import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { Cells, ColumnWidths, isPlainClick, tableClass, TableHead, type Column, type Sorting } from './tableParts.tsx';
import { scrolledTo, virtualRows } from './virtualRows.ts';

/** The head's and each row's height in rem. */
const rowRem = 2;

interface VirtualTableProps<Row> {
  name: string;
  columns: Column<Row>[];
  count: number;
  /** False while further rows below are still to be counted: End then goes to the last of those too. */
  isCounted?: boolean;
  /** `undefined`: not loaded yet. */
  rowAt: (index: number) => Row | undefined;
  rowKey: (row: Row) => string | number;
  rowClass?: (row: Row) => string;
  empty: ReactNode;
  minWidth?: number;
  sorting?: Sorting;
  /** The rows drawn now, from `first` to before `end`. */
  onShow?: (first: number, end: number) => void;
  /** Called with true when the first row is visible, so that new rows above it can be shown. */
  onTop?: (atTop: boolean) => void;
  onOpen?: (row: Row) => void;
}

/**
 * A table of any length that draws visible rows only. One row is in the tab order; arrows, PageUp, PageDown, Home and
 * End move to others, Enter opens one.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>): ReactElement {
  const { name, columns, count, rowAt, rowKey, rowClass = () => '', empty, minWidth = 940 } = props;
  const { isCounted = true, sorting, onShow, onTop, onOpen } = props;
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ rowHeight: 32, viewport: 400, scrollTop: 0 });
  const [cursor, setCursor] = useState(0);
  /** Whether the row under the cursor takes the focus once it is drawn. */
  const moving = useRef(false);
  /** Whether End was pressed before the rows were counted, and no other key since. */
  const toEnd = useRef(false);

  const measure = useCallback((): void => {
    const element = box.current;
    if (element === null) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const rowHeight = rem * rowRem;
    const now = { rowHeight, viewport: Math.max(0, element.clientHeight - rowHeight), scrollTop: element.scrollTop };
    setSeen((before) => (sameFigures(before, now) ? before : now));
  }, []);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [measure]);

  const scrolled = { ...seen, count };
  const { first, end, above, below } = virtualRows(scrolled);
  const reachable = Math.min(Math.max(cursor, first), Math.max(first, end - 1));
  const atTop = seen.scrollTop < seen.rowHeight / 2;

  useEffect(() => onShow?.(first, end), [first, end, onShow]);
  useEffect(() => onTop?.(atTop), [atTop, onTop]);
  // Before the next key, which would be lost without a focused element.
  useLayoutEffect(() => {
    const row = moving.current ? box.current?.querySelector<HTMLElement>(`[data-index="${String(cursor)}"]`) : null;
    if (row === null || row === undefined) return;
    // A loaded row replaces an empty one, and would take the focus with it.
    moving.current = rowAt(cursor) === undefined;
    const { activeElement } = document;
    if (activeElement === document.body || box.current?.contains(activeElement) === true) {
      row.focus({ preventScroll: true });
    }
  });

  const goTo = (row: number): void => {
    const to = Math.min(Math.max(row, 0), count - 1);
    moving.current = true;
    setCursor(to);
    if (box.current !== null) box.current.scrollTop = scrolledTo(to, scrolled);
    // Draws the row with this key, not with the scroll's frame: the next key counts from it.
    measure();
  };
  useEffect(() => {
    if (!toEnd.current || !isCounted) return;
    toEnd.current = false;
    goTo(count - 1);
  });
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, index: number): void => {
    if (event.target !== event.currentTarget) return;
    const row = rowAt(index);
    if (event.key === 'Enter') {
      if (!event.repeat && row !== undefined) onOpen?.(row);
      return;
    }
    const page = Math.max(1, Math.floor(seen.viewport / seen.rowHeight) - 1);
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + page, PageUp: index - page }[event.key];
    const edge = event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : undefined;
    const wanted = to ?? edge;
    if (wanted === undefined) return;
    event.preventDefault();
    toEnd.current = event.key === 'End' && !isCounted;
    goTo(wanted);
  };

  return (
    <div ref={box} className="h-full overflow-auto" tabIndex={0} role="group" aria-label={`${name}, scrollable`}>
      <table aria-label={name} aria-rowcount={count + 1} style={{ minWidth }} className={tableClass}>
        <ColumnWidths columns={columns} />
        <TableHead columns={columns} {...(sorting === undefined ? {} : { sorting })} />
        <tbody>
          <Space height={above} columns={columns.length} />
          {Array.from({ length: end - first }, (_, offset) => {
            const index = first + offset;
            const row = rowAt(index);
            return (
              <tr
                key={row === undefined ? `place ${String(index)}` : rowKey(row)}
                data-index={index}
                aria-rowindex={index + 2}
                tabIndex={index === reachable ? 0 : -1}
                className={`hover:bg-raised focus-visible:-outline-offset-2 ${onOpen === undefined ? '' : 'cursor-pointer'} ${row === undefined ? '' : rowClass(row)}`}
                {...(onOpen === undefined ? {} : { 'aria-haspopup': 'dialog' as const })}
                onFocus={() => {
                  setCursor(index);
                }}
                onClick={(event) => {
                  if (row !== undefined && isPlainClick(event)) onOpen?.(row);
                }}
                onKeyDown={(event) => {
                  onKeyDown(event, index);
                }}
              >
                {row === undefined ? (
                  <td colSpan={columns.length} className="h-8 border-b border-line/60 px-3 text-muted">
                    …
                  </td>
                ) : (
                  <Cells columns={columns} row={row} />
                )}
              </tr>
            );
          })}
          <Space height={below} columns={columns.length} />
        </tbody>
      </table>
      {count === 0 && <div className="p-6 text-center text-sm text-muted">{empty}</div>}
    </div>
  );
}

function Space({ height, columns }: { height: number; columns: number }): ReactElement | null {
  if (height === 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  );
}

function sameFigures<T extends object>(one: T, other: T): boolean {
  return (Object.keys(one) as (keyof T)[]).every((key) => one[key] === other[key]);
}
