import { useState, type ReactElement } from 'react';
import type { Activity } from '../../../src/api/queries/activity.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { tradingDay } from '../../../src/domain/tradingDay.ts';
import { formatNumber } from '../../format.ts';
import { Time } from '../../shared/time.tsx';
import { useNow } from '../../store/hooks.ts';
import { daysOf, type DayFilter } from '../../store/orderFilter.ts';
import { useRepeated } from '../../store/useRepeated.ts';
import { DataTable } from '../../ui/dataTable.tsx';
import type { Column } from '../../ui/tableParts.tsx';
import { DayRange } from '../../shared/dayRange.tsx';
import { ActivityExport } from './activityExport.tsx';
import { actorWords } from './activityWords.ts';

/** Most entries shown; the export has all. */
const shownRows = 500;
const everyMs = 2_000;

/** What persons did, and the desk in their place, by trading day. */
export function ActivityList({ bridge, children }: { bridge: BridgeState; children: ReactElement }): ReactElement {
  const [days, setDays] = useState<DayFilter>('today');
  const today = tradingDay(useNow(), bridge.limits.day);
  const { from, to } = daysOf(days, today);
  const query = { bridge: bridge.id, from, to };
  const { answer, failure } = useRepeated(['activity', query], everyMs, (client) =>
    client.call('activity', { ...query, limit: shownRows }),
  );
  const rows = answer?.rows ?? [];
  const more = answer !== null && answer.before !== null;
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line px-3 py-1">
        {children}
        <DayRange value={days} today={today} onChange={setDays} />
        <span role="status" className={`figures ml-auto text-xs ${failure === null ? 'text-muted' : 'text-down'}`}>
          {failure ?? (more ? `The newest ${formatNumber(shownRows, 0)}` : formatNumber(rows.length, 0))}
        </span>
        <ActivityExport query={query} today={today} />
      </div>
      <div className="min-h-0 flex-1">
        <DataTable
          name="Activity"
          columns={columns}
          rows={rows}
          rowKey={({ seq }) => seq}
          minWidth={640}
          empty={answer === null ? 'Being read from the journal…' : 'Nobody did anything on these days.'}
        />
      </div>
    </div>
  );
}

const columns: Column<Activity>[] = [
  { header: 'Time', width: 6.6, cell: ({ at, bridge }) => <Time at={at} {...(bridge === null ? {} : { bridge })} /> },
  { header: 'Who', width: 9.5, cell: ({ by }) => actorWords[by] },
  { header: 'What', width: 20, wrap: true, cell: ({ what }) => <span className="font-medium">{what}</span> },
  {
    header: 'Details',
    width: null,
    wrap: true,
    cell: ({ details }) => (details.length === 0 ? <span className="text-muted">–</span> : <Details lines={details} />),
  },
];

function Details({ lines }: { lines: readonly string[] }): ReactElement {
  return (
    <>
      {lines.map((line, index) => (
        <span key={`${String(index)} ${line}`} className="block">
          {line}
        </span>
      ))}
    </>
  );
}
