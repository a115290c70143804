import { ArrowDown, ArrowUp } from 'lucide-react';
import type { MouseEvent, ReactElement, ReactNode } from 'react';

export interface Column<Row> {
  header: string;
  /** Width in em, so that columns grow with the text; null takes the rest. */
  width: number | null;
  right?: boolean;
  /** Wraps long text to further lines. */
  wrap?: boolean;
  /** Wraps the head to a second line. */
  wrapHead?: boolean;
  /** Shown in wide, or very wide, windows only. */
  wide?: keyof typeof wideColumns;
  /** Name to sort by: makes the head a button. */
  sort?: string;
  cell: (row: Row) => ReactNode;
  /** How far a long text reaches to the left over cells that are empty in this row, in em; left out: not at all. */
  reach?: (row: Row) => number;
}

const wideColumns = { wide: 'hidden xl:table-column', 'very wide': 'hidden 2xl:table-column' } as const;
const wideCells = { wide: 'hidden xl:table-cell', 'very wide': 'hidden 2xl:table-cell' } as const;

export interface Sorting {
  by: string;
  down: boolean;
  onSort: (by: string) => void;
}

export const tableClass = 'figures w-full table-fixed border-separate border-spacing-0 text-xs 2xl:text-sm';

export function ColumnWidths<Row>({ columns }: { columns: Column<Row>[] }): ReactElement {
  return (
    <colgroup>
      {columns.map(({ header, width, wide }) => (
        <col
          key={header}
          className={wide === undefined ? '' : wideColumns[wide]}
          style={width === null ? {} : { width: `${String(width)}em` }}
        />
      ))}
    </colgroup>
  );
}

/** Head of a table, sticky while the rows scroll. */
export function TableHead<Row>({ columns, sorting }: { columns: Column<Row>[]; sorting?: Sorting }): ReactElement {
  return (
    <thead>
      <tr>
        {columns.map(({ header, right = false, wide, sort, wrapHead = false }) => (
          <th
            key={header}
            scope="col"
            {...(sort !== undefined && sort === sorting?.by
              ? { 'aria-sort': sorting.down ? ('descending' as const) : ('ascending' as const) }
              : {})}
            className={`sticky top-0 z-[1] h-8 border-b border-line bg-panel px-1.5 font-medium text-muted first:pl-3 last:pr-3 ${wrapHead ? 'leading-[0.875rem]' : 'whitespace-nowrap'} ${wide === undefined ? '' : wideCells[wide]} ${right ? 'text-right' : 'text-left'}`}
          >
            {sort === undefined || sorting === undefined ? (
              header
            ) : (
              <SortButton {...{ header, sort, right, sorting }} />
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Head that sorts. The arrow's place is reserved, so that heads don't jump. */
function SortButton({
  header,
  sort,
  right,
  sorting,
}: {
  header: string;
  sort: string;
  right: boolean;
  sorting: Sorting;
}): ReactElement {
  const Arrow = sorting.down ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      className={`inline-flex min-h-6 items-center gap-0.5 font-medium hover:text-text ${right ? '-ml-4 flex-row-reverse' : ''}`}
      onClick={() => {
        sorting.onSort(sort);
      }}
    >
      {header}
      <Arrow className={`size-3 shrink-0 ${sorting.by === sort ? '' : 'invisible'}`} aria-hidden="true" />
    </button>
  );
}

export function Cells<Row>({ columns, row }: { columns: Column<Row>[]; row: Row }): ReactElement {
  return (
    <>
      {columns.map(({ header, right = false, wrap = false, wide, cell, reach }) => {
        const left = reach?.(row) ?? 0;
        const text = wrap ? 'py-1.5 normal-nums break-words' : left > 0 ? 'overflow-visible' : 'truncate';
        return (
          <td
            key={header}
            className={`h-8 border-b border-line/60 px-1.5 first:pl-3 last:pr-3 ${text} ${wide === undefined ? '' : wideCells[wide]} ${right ? 'text-right' : 'text-left'}`}
          >
            {left > 0 ? (
              <div className="truncate" style={{ marginLeft: `${String(-left)}em` }}>
                {cell(row)}
              </div>
            ) : (
              cell(row)
            )}
          </td>
        );
      })}
    </>
  );
}

/** Whether a click is plain: not the end of a text selection, and not on a button in the row. */
export function isPlainClick({ target }: MouseEvent): boolean {
  const marking = getSelection()?.isCollapsed === false;
  return !marking && target instanceof Element && target.closest('button') === null;
}
