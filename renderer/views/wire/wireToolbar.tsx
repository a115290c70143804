import { Copy, Download, Pause, Play, Trash2, type LucideIcon } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { channelNames, type BridgeState } from '../../../src/api/state/state.ts';
import { formatNumber } from '../../format.ts';
import { appStore } from '../../store/appStore.ts';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { KindFilter } from './kindFilter.tsx';
import { exportLines, newestLines } from './wireExport.ts';
import { isEveryFrame } from './wireFilter.ts';
import { wireFollower, type WireView } from './wireFollower.ts';
import { unwaited } from '../../store/unwaited.ts';

/** Most frames copied at once. */
const copiedFrames = 1_000;

const ways = ['all', 'in', 'out'] as const;
const wayNames = { all: 'All', in: 'In', out: 'Out' };

/** Filters of the log, and its actions. */
export function WireToolbar({
  bridge,
  view,
  toTop,
}: {
  bridge: BridgeState;
  view: WireView;
  /** Scrolls to the newest. */
  toTop: () => void;
}): ReactElement {
  const { rows, filter, paused } = view;
  const update = (changes: Partial<typeof filter>): void => {
    wireFollower.filter({ ...filter, ...changes });
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1">
      <input
        type="search"
        aria-label="Search frames"
        placeholder="Search"
        value={filter.text}
        spellCheck={false}
        onChange={({ target }) => {
          update({ text: target.value });
        }}
        className="h-7 w-32 min-w-0 grow rounded-[6px] border border-line bg-raised px-2 text-xs hover:border-strong-line lg:max-w-64"
      />
      <ChoiceGroup
        label="Direction"
        values={ways}
        names={wayNames}
        value={filter.direction ?? 'all'}
        onChange={(way) => {
          update({ direction: way === 'all' ? null : way });
        }}
      />
      <select
        aria-label="Channel"
        value={filter.channel ?? 'all'}
        onChange={({ target }) => {
          update({ channel: channelNames.find((each) => each === target.value) ?? null });
        }}
        className="h-7 min-w-0 rounded-[6px] border border-line bg-raised px-1.5 text-xs hover:border-strong-line"
      >
        <option value="all">All channels</option>
        {channelNames.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <KindFilter
        kinds={rows.kinds}
        hidden={filter.hidden}
        onChange={(hidden) => {
          update({ hidden });
        }}
      />
      <label className="flex h-7 items-center gap-1.5 text-xs">
        <input
          type="checkbox"
          checked={filter.orders}
          onChange={({ target }) => {
            update({ orders: target.checked });
          }}
          className="size-4 accent-[var(--buy)]"
        />
        Orders only
      </label>
      <Counts view={view} />
      <button
        type="button"
        onClick={() => {
          if (!paused) wireFollower.pause();
          else {
            toTop();
            wireFollower.continue();
          }
        }}
        className={`inline-flex h-7 w-24 shrink-0 items-center justify-center gap-1.5 rounded-[6px] border bg-raised text-xs font-medium hover:border-strong-line ${paused ? 'border-quiet' : 'border-line'}`}
      >
        {paused ? (
          <Play className="size-3.5 text-quiet" aria-hidden="true" />
        ) : (
          <Pause className="size-3.5" aria-hidden="true" />
        )}
        {paused ? 'Continue' : 'Pause'}
      </button>
      <div className="flex">
        <Tool
          icon={Copy}
          label={`Copy the newest ${formatNumber(Math.min(rows.count, copiedFrames), 0)} listed frames`}
          done="Copied"
          run={() => navigator.clipboard.writeText(newestLines(rows, copiedFrames))}
        />
        <Tool
          icon={Download}
          label="Export the listed frames as NDJSON"
          done="Exported"
          run={async () => {
            const { client } = appStore.getState();
            saveFile(fileName(bridge.id), await exportLines(rows, client, bridge.id));
          }}
        />
        <Tool
          icon={Trash2}
          label="Clear the list"
          done="Cleared"
          run={() => {
            wireFollower.clear();
          }}
        />
      </div>
    </div>
  );
}

/** Counts of the list, with a fixed width, so that neighbours don't move. */
function Counts({ view: { rows, filter, paused, waiting, dropped } }: { view: WireView }): ReactElement {
  const held = formatNumber(rows.held, 0);
  const listed = isEveryFrame(filter) ? `${held} frames` : `${formatNumber(rows.count, 0)} of ${held}`;
  return (
    <span className="figures ml-auto min-w-40 truncate text-right text-xs text-muted">
      {dropped > 0 && (
        <span
          className="text-quiet"
          title="They came faster than the app keeps them, or while the list stood still: it keeps the newest 20,000 frames, at most 8 MB."
        >
          {formatNumber(dropped, 0)} missed ·{' '}
        </span>
      )}
      {listed}
      {paused && <span className="text-text"> · {formatNumber(waiting, 0)} more came</span>}
    </span>
  );
}

/** A small button that confirms its action for a moment. */
function Tool({
  icon: Icon,
  label,
  done,
  run,
}: {
  icon: LucideIcon;
  label: string;
  done: string;
  run: () => unknown;
}): ReactElement {
  const [said, setSaid] = useState<'' | 'done' | 'failed'>('');
  const press = async (): Promise<void> => {
    try {
      await run();
      setSaid('done');
    } catch {
      // For example a clipboard refused by the browser.
      setSaid('failed');
    }
    setTimeout(() => {
      setSaid('');
    }, 1_500);
  };
  const colour = { '': 'text-muted', done: 'text-live', failed: 'text-down' }[said];
  return (
    <button
      type="button"
      aria-label={label}
      title={said === '' ? label : said === 'done' ? done : 'That did not work.'}
      onClick={() => {
        unwaited(press());
      }}
      className={`inline-flex size-7 items-center justify-center rounded-[4px] hover:bg-raised hover:text-text ${colour}`}
    >
      <Icon className="size-4" aria-hidden="true" />
      <span role="status" className="sr-only">
        {said === 'done' ? done : said === 'failed' ? 'That did not work.' : ''}
      </span>
    </button>
  );
}

function fileName(bridge: string): string {
  return `wire-${bridge}-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.ndjson`;
}
