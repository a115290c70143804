import { useState, type KeyboardEvent, type MouseEvent, type ReactElement, type ReactNode } from 'react';

export interface Column<Row> {
  header: string;
  /** In em, so that columns grow with the text; null takes the rest. */
  width: number | null;
  right?: boolean;
  /** Long words go on in a further line. */
  wrap?: boolean;
  /** Only where the window is wide. */
  wide?: boolean;
  cell: (row: Row) => ReactNode;
}

/** A table with a fixed head, rows of 32 px and columns that don't jump. Narrower than `minWidth`, in px, it scrolls. */
export function DataTable<Row>({
  name,
  columns,
  rows,
  rowKey,
  rowClass = () => '',
  empty,
  minWidth = 940,
  onOpen,
}: {
  name: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string | number;
  rowClass?: (row: Row) => string;
  empty: string;
  minWidth?: number;
  /** A row was clicked, or Enter was pressed on it. */
  onOpen?: (row: Row) => void;
}): ReactElement {
  const [focused, setFocused] = useState<string | number | null>(null);
  const first = rows[0];
  const reachable = rows.some((row) => rowKey(row) === focused) ? focused : first === undefined ? null : rowKey(first);
  return (
    <div className="h-full overflow-auto" tabIndex={0} role="group" aria-label={`${name}, scrollable`}>
      <table
        aria-label={name}
        style={{ minWidth }}
        className="figures w-full table-fixed border-separate border-spacing-0 text-xs 2xl:text-sm"
      >
        <colgroup>
          {columns.map(({ header, width, wide = false }) => (
            <col
              key={header}
              className={wide ? 'hidden xl:table-column' : ''}
              style={width === null ? {} : { width: `${String(width)}em` }}
            />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ header, right = false, wide = false }) => (
              <th
                key={header}
                scope="col"
                className={`sticky top-0 z-[1] h-8 border-b border-line bg-panel px-1.5 font-medium whitespace-nowrap text-muted first:pl-3 last:pr-3 ${wide ? 'hidden xl:table-cell' : ''} ${right ? 'text-right' : 'text-left'}`}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={`hover:bg-raised focus-visible:-outline-offset-2 ${onOpen === undefined ? '' : 'cursor-pointer'} ${rowClass(row)}`}
              {...(onOpen === undefined
                ? {}
                : {
                    tabIndex: rowKey(row) === reachable ? 0 : -1,
                    'aria-haspopup': 'dialog' as const,
                    onFocus: () => {
                      setFocused(rowKey(row));
                    },
                    onClick: (event) => {
                      if (isPlainClick(event)) onOpen(row);
                    },
                    onKeyDown: (event) => {
                      if (event.target !== event.currentTarget) return;
                      if (event.key === 'Enter' && !event.repeat) onOpen(row);
                      else moveFocus(event);
                    },
                  })}
            >
              {columns.map(({ header, right = false, wrap = false, wide = false, cell }) => (
                <td
                  key={header}
                  className={`h-8 border-b border-line/60 px-1.5 first:pl-3 last:pr-3 ${wrap ? 'py-1.5 break-words' : 'truncate'} ${wide ? 'hidden xl:table-cell' : ''} ${right ? 'text-right' : 'text-left'}`}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="p-6 text-center text-sm text-muted">{empty}</p>}
    </div>
  );
}

/** Not the end of marking text, and not on a button in the row. */
function isPlainClick({ target }: MouseEvent): boolean {
  const marking = getSelection()?.isCollapsed === false;
  return !marking && target instanceof Element && target.closest('button') === null;
}

/** One row is in the tab order; the arrow keys go to the others. */
function moveFocus(event: KeyboardEvent<HTMLTableRowElement>): void {
  const { currentTarget, key } = event;
  const next =
    key === 'ArrowDown'
      ? currentTarget.nextElementSibling
      : key === 'ArrowUp'
        ? currentTarget.previousElementSibling
        : null;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}
