import type { ReactElement } from 'react';
import type { Alarm, BridgeState } from '../../../src/api/state/state.ts';
import { formatNumber } from '../../format.ts';
import { useAppState } from '../../store/hooks.ts';
import { DataTable } from '../../ui/dataTable.tsx';
import type { Column } from '../../ui/tableParts.tsx';
import { Time } from '../orders/executionColumns.tsx';
import { concerns } from './concerns.ts';

const levelColours = { notice: 'text-muted', warning: 'text-quiet', critical: 'text-down' } as const;

/** Alarms, each with its next step. */
export function Alarms({ bridge }: { bridge: BridgeState }): ReactElement {
  const all = useAppState(({ alarms }) => alarms) ?? [];
  return (
    <DataTable
      name="Alarms"
      columns={columns}
      rows={all.filter((alarm) => concerns(alarm, bridge.id))}
      rowKey={({ number }) => number}
      minWidth={640}
      empty="Nothing out of the ordinary has happened."
    />
  );
}

const columns: Column<Alarm>[] = [
  {
    header: 'Time',
    width: 9.4,
    cell: ({ lastAt }) => <Time at={lastAt} />,
  },
  {
    header: 'Level',
    width: 6.2,
    cell: ({ level }) => <span className={`font-medium ${levelColours[level]}`}>{level}</span>,
  },
  { header: 'Times', width: 4.6, right: true, cell: ({ count }) => formatNumber(count, 0) },
  { header: 'What happened', width: null, wrap: true, cell: ({ text }) => text },
  { header: 'What to do', width: null, wrap: true, cell: ({ nextStep }) => nextStep },
];
