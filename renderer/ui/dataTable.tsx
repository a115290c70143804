import { useState, type KeyboardEvent, type ReactElement } from 'react';
import { Cells, ColumnWidths, isPlainClick, tableClass, TableHead, type Column } from './tableParts.tsx';

/**
 * A table with a fixed head, rows of 32 px and columns that don't jump. Narrower than `minWidth`, in px, it scrolls. For
 * lists of any length there is VirtualTable.
 */
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
      <table aria-label={name} style={{ minWidth }} className={tableClass}>
        <ColumnWidths columns={columns} />
        <TableHead columns={columns} />
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
              <Cells columns={columns} row={row} />
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="p-6 text-center text-sm text-muted">{empty}</p>}
    </div>
  );
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
