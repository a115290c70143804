import { Plus, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { inputClass } from '../../ui/field.tsx';

/** Rows of a symbol and what holds for it, to add to and to take from. */
export function SymbolRows<Row extends Record<Key | 'symbol', string>, Key extends string>({
  name,
  columns,
  rows,
  empty,
  error,
  onChange,
}: {
  name: string;
  columns: readonly { key: Key; label: string }[];
  rows: readonly Row[];
  /** A fresh row. */
  empty: Row;
  error: string | undefined;
  onChange: (rows: Row[]) => void;
}): ReactElement {
  const cells = [{ key: 'symbol' as const, label: 'Symbol' }, ...columns];
  return (
    <div role="group" aria-label={name}>
      {rows.length > 0 && (
        <div aria-hidden="true" className="mb-1 flex gap-2 pr-10 text-xs text-muted">
          {cells.map(({ key, label }) => (
            <span key={key} className="flex-1">
              {label}
            </span>
          ))}
        </div>
      )}
      {rows.map((row, index) => (
        <div key={index} className="mb-2 flex items-center gap-2">
          {cells.map(({ key, label }) => (
            <input
              key={key}
              aria-label={`${label}, row ${String(index + 1)}`}
              title={label}
              value={row[key]}
              autoComplete="off"
              spellCheck={false}
              inputMode={key === 'symbol' ? 'text' : 'decimal'}
              onChange={({ target }) => {
                onChange(rows.with(index, { ...row, [key]: target.value }));
              }}
              className={`${inputClass} font-medium`}
            />
          ))}
          <Button
            aria-label={`Remove row ${String(index + 1)} of ${name}`}
            title="Remove"
            className="w-8 px-0!"
            onClick={() => {
              onChange(rows.toSpliced(index, 1));
            }}
          >
            <X className="size-4" aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div className="flex items-center gap-3">
        <Button
          aria-label={`Add a symbol to ${name}`}
          onClick={() => {
            onChange([...rows, empty]);
          }}
        >
          <Plus className="size-4" aria-hidden="true" />
          Add a symbol
        </Button>
        <p aria-live="polite" className="text-xs text-down">
          {error}
        </p>
      </div>
    </div>
  );
}
