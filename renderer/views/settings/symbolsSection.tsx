import { useId, type ReactElement } from 'react';
import type { Quote } from '../../../src/domain/market/quote.ts';
import { Part, Setting, type PartProps } from './settingsPart.tsx';
import { SymbolFile } from './symbolFile.tsx';
import { contradicted, readTable, type SymbolErrors } from './symbolForm.ts';
import { SymbolTable } from './symbolTable.tsx';

/** ID of the beginning of the symbol table. */
export const symbolsId = 'settings-symbols';

/** The symbol table, and the symbols that may be traded. */
export function SymbolsSection({ quotes, ...parts }: PartProps & { quotes: readonly Quote[] }): ReactElement {
  const { form, onChange } = parts;
  const id = useId();
  const suffix = form.texts.symbolSuffix.trim();
  const table = readTable(form.symbols, suffix);
  const cellErrors: SymbolErrors = 'errors' in table ? table.errors : {};
  const doubts = contradicted(form.symbols, suffix, quotes);
  return (
    <Part
      id={symbolsId}
      title="Symbol table"
      text="As MT5 shows it under Specification. Empty is not known; empty lots are those of the bridge."
    >
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
            A pip means different things to different people. Until you have looked at the column, no stop is taken in
            pips.
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
            Brokers disagree on indices, oil, silver and coins. Until you have compared the column with MT5, or
            corrected a row, nothing is sized in money by the sizes that the desk brought along.
          </span>
        </span>
      </label>
      <div className="grid grid-cols-[160px_1fr] gap-x-4">
        <Setting of="symbolSuffix" hint="Such as .m in XAUUSD.m." {...parts} />
        <Setting
          of="limits.symbols"
          hint={
            form.texts['limits.symbols'].trim() === ''
              ? 'Empty: every symbol may be traded.'
              : 'Only these may be traded, by either name.'
          }
          {...parts}
        />
      </div>
    </Part>
  );
}
