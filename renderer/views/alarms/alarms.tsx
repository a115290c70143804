import { Ban } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Alarm, BridgeState } from '../../../src/api/state/state.ts';
import { formatNumber } from '../../format.ts';
import { useAppState } from '../../store/hooks.ts';
import type { Block } from '../../shared/blockWords.ts';
import { useConnectedBlock } from '../../shared/useConnectedBlock.ts';
import { DataTable } from '../../ui/dataTable.tsx';
import type { Column } from '../../ui/tableParts.tsx';
import { Time } from '../../shared/time.tsx';
import { concerns } from './concerns.ts';

const levelColours = { notice: 'text-muted', warning: 'text-quiet', critical: 'text-down' } as const;

/** Alarms, each with its next step. */
export function Alarms({ bridge }: { bridge: BridgeState }): ReactElement {
  const all = useAppState(({ alarms }) => alarms) ?? [];
  const block = useConnectedBlock(bridge);
  return (
    <div className="flex h-full flex-col">
      {block !== null && !block.isOrder && <BlockRow block={block} />}
      <div className="min-h-0 flex-1">
        <DataTable
          name="Alarms"
          columns={columns}
          rows={all.filter((alarm) => concerns(alarm, bridge.id))}
          rowKey={({ number }) => number}
          minWidth={640}
          empty={block === null ? 'Nothing out of the ordinary has happened.' : 'No alarm was raised.'}
        />
      </div>
    </div>
  );
}

/** Why nothing can be traded now, above what has happened. */
function BlockRow({ block: { word, reason, nextStep } }: { block: Block }): ReactElement {
  return (
    <p role="status" className="flex shrink-0 items-center gap-2 border-b border-line bg-raised px-4 py-2 text-sm">
      <Ban className="size-4 shrink-0 text-quiet" aria-hidden="true" />
      <span>
        <strong>Nothing is bought or sold now: {word}.</strong> {reason} {nextStep}
      </span>
    </p>
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
