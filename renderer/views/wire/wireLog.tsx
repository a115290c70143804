import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import type { WireFrame } from '../../../src/api/state/wireFrames.ts';
import { visible } from '../../../src/base/visibleText.ts';
import { formatNumber } from '../../format.ts';
import { Time } from '../../shared/time.tsx';
import type { Column } from '../../ui/tableParts.tsx';
import { VirtualTable } from '../../ui/virtualTable.tsx';
import { ReadAs, readAsTitle, Way } from './frameLook.tsx';
import { OrderLink } from './orderLink.tsx';
import { isEveryFrame } from './wireFilter.ts';
import { wireFollower, type WireView } from './wireFollower.ts';
import { WireToolbar } from './wireToolbar.tsx';

/** Most characters of a frame in a row, enough for the widest window. */
const rowCharacters = 500;

/** Every frame in and out, byte for byte, newest first. The list stands still while somebody reads in it. */
export function WireLog({ bridge }: { bridge: BridgeState }): ReactElement {
  const view = useSyncExternalStore(wireFollower.subscribe, wireFollower.current);
  const { rows, shown } = view;
  const box = useRef<HTMLDivElement>(null);
  const atTop = useRef(true);
  const columns = useMemo(() => columnsOf(bridge.id), [bridge.id]);

  const look = useCallback((): void => {
    const focused = document.activeElement;
    const inRow = box.current?.contains(focused) === true && focused?.closest('tbody') !== null;
    wireFollower.read(inRow || !atTop.current || wireFollower.current().shown !== null);
  }, []);
  const onTop = useCallback(
    (now: boolean): void => {
      atTop.current = now;
      look();
    },
    [look],
  );
  useEffect(() => wireFollower.follow(bridge.id), [bridge.id]);
  useEffect(look, [look, shown]);

  return (
    <div className="flex h-full flex-col">
      <WireToolbar
        bridge={bridge}
        view={view}
        toTop={() => {
          box.current?.querySelector('[role=group]')?.scrollTo({ top: 0 });
        }}
      />
      <div
        ref={box}
        className="min-h-24 flex-1"
        onFocus={look}
        onBlur={() => {
          // The new focus is known only then.
          setTimeout(look);
        }}
      >
        <VirtualTable
          name="Wire log"
          columns={columns}
          count={rows.count}
          rowAt={(index) => rows.at(index)}
          rowKey={({ number }) => number}
          rowClass={({ number, history }) =>
            `${number === shown?.number ? 'bg-raised' : ''} ${history ? 'text-muted' : ''}`
          }
          minWidth={860}
          onTop={onTop}
          onOpen={(frame) => {
            wireFollower.open(frame);
          }}
          empty={emptyText(view)}
        />
      </div>
    </div>
  );
}

function emptyText({ rows, filter }: WireView): string {
  if (rows.scanning) return 'Searching…';
  if (isEveryFrame(filter) || rows.held === 0) {
    return 'No frame yet. What the EA sends, and what is sent to it, is listed here byte for byte.';
  }
  return `None of the ${formatNumber(rows.held, 0)} frames here fits the filter. Change it, or wait for the next.`;
}

const columnsOf = (bridge: string): Column<WireFrame>[] => [
  { header: 'Time', width: 8.6, cell: ({ at }) => <Time at={at} bridge={bridge} exact /> },
  { header: 'Direction', width: 5.4, cell: ({ direction }) => <Way direction={direction} /> },
  { header: 'Channel', width: 6.2, cell: ({ channel }) => channel },
  { header: 'Bytes', width: 5, right: true, cell: ({ size }) => formatNumber(size, 0) },
  {
    header: 'Read as',
    width: 11,
    cell: (frame) => (
      <span title={readAsTitle(frame)}>
        <ReadAs frame={frame} />
      </span>
    ),
  },
  {
    header: 'Order',
    width: 11,
    cell: ({ signalId }) =>
      signalId === null ? <span className="text-muted">–</span> : <OrderLink signalId={signalId} bridge={bridge} />,
  },
  {
    header: 'Content',
    width: null,
    cell: ({ text }) =>
      text === '' ? (
        <span className="text-muted">nothing</span>
      ) : (
        <span className="font-mono">{visible(text.slice(0, rowCharacters))}</span>
      ),
  },
];
