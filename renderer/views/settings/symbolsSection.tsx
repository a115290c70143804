import { Fragment, useId, type ReactElement } from 'react';
import type { ToldSymbol } from '../../../src/domain/market/toldSymbols.ts';
import { symbolColumns } from '../../../src/domain/market/symbolRow.ts';
import type { Quote } from '../../../src/domain/market/quote.ts';
import { Part, Setting, type PartProps } from './settingsPart.tsx';
import { SymbolFile } from './symbolFile.tsx';
import { contradicted, readTable, type SymbolErrors } from './symbolForm.ts';
import { columnMeanings } from './symbolMeanings.ts';
import { columnLooks, SymbolTable } from './symbolTable.tsx';

/** ID of the beginning of the symbol table. */
export const symbolsId = 'settings-symbols';

/** The symbol table, and the symbols that may be traded. */
export function SymbolsSection({
  quotes,
  toldSymbols,
  ...parts
}: PartProps & { quotes: readonly Quote[]; toldSymbols: readonly ToldSymbol[] }): ReactElement {
  const { form, onChange } = parts;
  const id = useId();
  const suffix = form.texts.symbolSuffix.trim();
  const table = readTable(form.symbols, suffix);
  const cellErrors: SymbolErrors = 'errors' in table ? table.errors : {};
  const doubts = contradicted(form.symbols, suffix, quotes, toldSymbols);
  return (
    <Part
      id={symbolsId}
      title="Symbol table"
      text={`What a stop and a lot of each symbol are worth. MT5 shows it: right-click the symbol in Market Watch, Specification. Leave empty what you don’t know; what needs it is then refused or not shown.${toldSymbols.length === 0 ? '' : ' This EA tells it: empty cells, and the app’s own figures, are filled with what it says.'}`}
    >
      <ColumnMeanings />
      <SymbolTable
        rows={form.symbols}
        errors={cellErrors}
        contradicted={doubts.map(({ row }) => row)}
        onChange={(symbols) => {
          onChange({ symbols });
        }}
      />
      <div aria-live="polite" className="mt-1 text-xs">
        {Object.values(cellErrors).map((sentence) => (
          <p key={sentence} className="text-down">
            {sentence}
          </p>
        ))}
        {doubts.map(({ sentence }) => (
          <p key={sentence} className="text-quiet">
            {sentence}
          </p>
        ))}
      </div>
      <SymbolFile
        rows={form.symbols}
        symbols={'symbols' in table ? table.symbols : null}
        codePage={form.codePage}
        onChange={(symbols, confirmed = false) => {
          onChange({ symbols, ...(confirmed ? { sizesConfirmed: true } : {}) });
        }}
      />
      <label htmlFor={id} className="my-3 flex items-start gap-2 text-sm">
        <input
          id={id}
          type="checkbox"
          checked={form.pipsConfirmed}
          onChange={({ target }) => {
            onChange({ pipsConfirmed: target.checked });
          }}
          className="mt-[3px] size-3.5 shrink-0 accent-[var(--buy)]"
        />
        <span>
          These pips are right
          <span className="block text-xs text-muted">
            Tick it once you have looked at the column: not everybody means the same by a pip. Until then no stop is
            taken in pips.
          </span>
        </span>
      </label>
      <label htmlFor={`${id}-sizes`} className="my-3 flex items-start gap-2 text-sm">
        <input
          id={`${id}-sizes`}
          type="checkbox"
          checked={form.sizesConfirmed}
          onChange={({ target }) => {
            onChange({ sizesConfirmed: target.checked });
          }}
          className="mt-[3px] size-3.5 shrink-0 accent-[var(--buy)]"
        />
        <span>
          These contract sizes are right
          <span className="block text-xs text-muted">
            Tick it once you have compared the column Contract with MT5. Brokers disagree on indices, oil, silver and
            coins: until then, or until you correct a row, no risk is known there and no lots are computed from a risk.
          </span>
        </span>
      </label>
      <div className="grid grid-cols-2 gap-x-4">
        <Setting of="symbolSuffix" {...parts} />
        <Setting
          of="limits.symbols"
          {...(form.texts['limits.symbols'].trim() === ''
            ? { hint: 'Empty: every symbol may be bought and sold.' }
            : {})}
          {...parts}
        />
      </div>
    </Part>
  );
}

/** What each column is for, folded away. */
function ColumnMeanings(): ReactElement {
  return (
    <details className="mb-2 text-sm">
      <summary className="w-fit cursor-pointer rounded-[4px] text-muted hover:text-text">What the columns mean</summary>
      <dl className="mt-1 grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 gap-y-1 rounded-[6px] border border-line px-3 py-2 text-xs">
        {symbolColumns.map((column) => (
          <Fragment key={column}>
            <dt className="font-medium">{columnLooks[column].header}</dt>
            <dd className="text-muted">{columnMeanings[column]}</dd>
          </Fragment>
        ))}
      </dl>
    </details>
  );
}
