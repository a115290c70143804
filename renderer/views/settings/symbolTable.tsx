import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { symbolColumns, type SymbolColumn, type SymbolRow } from '../../../src/domain/market/symbolRow.ts';
import { symbolKey, type SymbolErrors } from './symbolForm.ts';
import { columnMeanings } from './symbolMeanings.ts';

export const columnLooks: Record<SymbolColumn, { header: string; width: string }> = {
  symbol: { header: 'Symbol', width: 'w-[4.75rem]' },
  alias: { header: 'Alias', width: 'w-[4.75rem]' },
  point: { header: 'Point', width: 'w-[4rem]' },
  pip: { header: 'Pip', width: 'w-[3.75rem]' },
  digits: { header: 'Digits', width: 'w-[2.75rem]' },
  'contract size': { header: 'Contract', width: 'w-[4.25rem]' },
  'lot min': { header: 'Min lots', width: 'w-[3.625rem]' },
  'lot max': { header: 'Max lots', width: 'w-[3.625rem]' },
  'lot step': { header: 'Step', width: 'w-[2.75rem]' },
  'quote currency': { header: 'Quote', width: 'w-[2.875rem]' },
};
const isText = (column: SymbolColumn): boolean =>
  column === 'symbol' || column === 'alias' || column === 'quote currency';

/** The symbol table with a cell for each known value. It scrolls by itself, under its headers. */
export function SymbolTable({
  rows,
  errors,
  contradicted,
  onChange,
}: {
  rows: readonly SymbolRow[];
  errors: SymbolErrors;
  /** Rows whose point is contradicted by ticks. */
  contradicted: readonly number[];
  onChange: (rows: SymbolRow[]) => void;
}): ReactElement {
  return (
    <div className="max-h-[19rem] overflow-y-auto rounded-[6px] border border-line">
      <table aria-label="Symbol table" className="w-full table-fixed text-sm">
        <thead className="sticky top-0 z-[1] bg-raised text-xs text-muted">
          <tr>
            {symbolColumns.map((column) => (
              <th
                key={column}
                scope="col"
                title={columnMeanings[column]}
                className={`px-1.5 py-1 font-medium whitespace-nowrap ${isText(column) ? 'text-left' : 'text-right'} ${columnLooks[column].width}`}
              >
                {columnLooks[column].header}
              </th>
            ))}
            <th scope="col" className="w-7">
              <span className="sr-only">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-t border-line">
              {symbolColumns.map((column) => (
                <td key={column} className="p-0">
                  <input
                    aria-label={`${columnLooks[column].header}, row ${String(index + 1)}`}
                    aria-invalid={errors[symbolKey(index, column)] !== undefined}
                    title={errors[symbolKey(index, column)] ?? row[column]}
                    value={row[column]}
                    autoComplete="off"
                    spellCheck={false}
                    inputMode={isText(column) ? 'text' : 'decimal'}
                    onChange={({ target }) => {
                      onChange(rows.with(index, { ...row, [column]: target.value }));
                    }}
                    className={`figures h-7 w-full min-w-0 bg-transparent px-1.5 focus:outline-2 focus:-outline-offset-2 focus:outline-focus aria-[invalid=true]:bg-down/15 aria-[invalid=true]:text-down ${isText(column) ? '' : 'text-right'} ${column === 'point' && contradicted.includes(index) ? 'font-semibold text-quiet' : ''}`}
                  />
                </td>
              ))}
              <td className="p-0">
                <button
                  type="button"
                  aria-label={`Remove row ${String(index + 1)}`}
                  title="Remove"
                  onClick={() => {
                    onChange(rows.toSpliced(index, 1));
                  }}
                  className="flex h-7 w-full items-center justify-center text-muted hover:text-text"
                >
                  <X className="size-3.5" aria-hidden="true" />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
