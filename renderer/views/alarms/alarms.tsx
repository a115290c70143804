import { Ban, Check, CheckCheck } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Alarm } from '../../../src/api/state/alarms.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { formatNumber } from '../../format.ts';
import type { Block } from '../../shared/blockWords.ts';
import { sourceWords } from '../../shared/orderWords.ts';
import { Time, useFullTime } from '../../shared/time.tsx';
import { useConnectedBlock } from '../../shared/useConnectedBlock.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useAppState } from '../../store/hooks.ts';
import { unwaited } from '../../store/unwaited.ts';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { DataTable } from '../../ui/dataTable.tsx';
import type { Column } from '../../ui/tableParts.tsx';
import { ActivityList } from './activityList.tsx';
import { concerns, unacknowledged } from './concerns.ts';

const levelColours = { notice: 'text-muted', warning: 'text-quiet', critical: 'text-down' } as const;
const parts = ['alarms', 'activity'] as const;

/** Alarms, each with its next step, and beside them what persons did. */
export function Alarms({ bridge }: { bridge: BridgeState }): ReactElement {
  const [part, setPart] = useState<(typeof parts)[number]>('alarms');
  const choice = (
    <ChoiceGroup
      label="Shown"
      values={parts}
      names={{ alarms: 'Alarms', activity: 'Activity' }}
      value={part}
      onChange={setPart}
    />
  );
  return part === 'alarms' ? (
    <AlarmList bridge={bridge}>{choice}</AlarmList>
  ) : (
    <ActivityList bridge={bridge}>{choice}</ActivityList>
  );
}

function AlarmList({ bridge, children }: { bridge: BridgeState; children: ReactElement }): ReactElement {
  const all = useAppState(({ alarms }) => alarms) ?? [];
  const shown = all.filter((alarm) => concerns(alarm, bridge.id));
  const open = unacknowledged(shown);
  const block = useConnectedBlock(bridge);
  return (
    <div className="flex h-full flex-col">
      {block !== null && !block.isOrder && <BlockRow block={block} />}
      <div className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line px-3 py-1">
        {children}
        <span className="text-xs text-muted">
          The list begins anew with each start of the desk; the journal keeps every alarm.
        </span>
        <button
          type="button"
          disabled={open.length === 0}
          onClick={() => {
            acknowledge(open);
          }}
          className="ml-auto inline-flex h-7 shrink-0 items-center gap-1.5 rounded-[6px] border border-line bg-raised px-2 text-xs whitespace-nowrap enabled:hover:border-strong-line disabled:text-muted"
        >
          <CheckCheck className="size-3.5" aria-hidden="true" />
          Acknowledge all
        </button>
      </div>
      <div className="min-h-0 flex-1">
        <DataTable
          name="Alarms"
          columns={columns}
          rows={shown}
          rowKey={({ number }) => number}
          rowClass={({ acknowledged }) => (acknowledged === null ? '' : 'text-muted')}
          minWidth={640}
          empty={block === null ? 'Nothing out of the ordinary has happened.' : 'No alarm was raised.'}
        />
      </div>
    </div>
  );
}

function acknowledge(alarms: readonly Alarm[]): void {
  const numbers = alarms.map(({ number }) => number);
  unwaited(callOrTell('acknowledge', { alarms: numbers }, 'The alarms were not acknowledged.'));
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

/** Takes note of one alarm, or tells who has. */
function Acknowledge({ alarm }: { alarm: Alarm }): ReactElement {
  const fullTime = useFullTime(alarm.bridge ?? undefined);
  const { acknowledged, text } = alarm;
  if (acknowledged !== null) {
    return (
      <span title={`Acknowledged ${fullTime(acknowledged.at)} ${sourceWords(acknowledged.by)}`} className="text-xs">
        noted
      </span>
    );
  }
  return (
    <button
      type="button"
      aria-label={`Acknowledge: ${text}`}
      title="Acknowledge"
      onClick={() => {
        acknowledge([alarm]);
      }}
      className="inline-flex size-6 items-center justify-center rounded-[6px] border border-line hover:border-strong-line"
    >
      <Check className="size-3.5" aria-hidden="true" />
    </button>
  );
}

const columns: Column<Alarm>[] = [
  {
    header: 'Time',
    width: 6.6,
    cell: ({ lastAt, bridge }) => <Time at={lastAt} {...(bridge === null ? {} : { bridge })} />,
  },
  {
    header: 'Level',
    width: 6.2,
    cell: ({ level, acknowledged }) => (
      <span className={acknowledged === null ? `font-medium ${levelColours[level]}` : ''}>{level}</span>
    ),
  },
  { header: 'Times', width: 4.6, right: true, cell: ({ count }) => formatNumber(count, 0) },
  { header: 'What happened', width: null, wrap: true, cell: ({ text }) => text },
  { header: 'What to do', width: null, wrap: true, cell: ({ nextStep }) => nextStep },
  { header: 'Noted', width: 4.6, cell: (alarm) => <Acknowledge alarm={alarm} /> },
];
