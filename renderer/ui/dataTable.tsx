import type { ReactElement, ReactNode } from 'react';

export interface Column<Row> {
  header: string;
  /** In em, so that columns grow with the text; null takes the rest. */
  width: number | null;
  right?: boolean;
  cell: (row: Row) => ReactNode;
}

/** A table with a fixed head, rows of 32 px and columns that don't jump. */
export function DataTable<Row>({
  name,
  columns,
  rows,
  rowKey,
  rowClass = () => '',
  empty,
}: {
  name: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string | number;
  rowClass?: (row: Row) => string;
  empty: string;
}): ReactElement {
  return (
    <div className="h-full overflow-auto" tabIndex={0} role="group" aria-label={`${name}, scrollable`}>
      <table
        aria-label={name}
        className="figures w-full min-w-[940px] table-fixed border-separate border-spacing-0 text-xs 2xl:text-sm"
      >
        <colgroup>
          {columns.map(({ header, width }) => (
            <col key={header} style={width === null ? {} : { width: `${String(width)}em` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ header, right = false }) => (
              <th
                key={header}
                scope="col"
                className={`sticky top-0 z-[1] h-8 border-b border-line bg-panel px-1.5 font-medium whitespace-nowrap text-muted first:pl-3 last:pr-3 ${right ? 'text-right' : 'text-left'}`}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={`hover:bg-raised ${rowClass(row)}`}>
              {columns.map(({ header, right = false, cell }) => (
                <td
                  key={header}
                  className={`h-8 truncate border-b border-line/60 px-1.5 first:pl-3 last:pr-3 ${right ? 'text-right' : 'text-left'}`}
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
