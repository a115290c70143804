import { Download, Plus, Upload } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import type { CodePage } from '../../../src/protocol/ea/codePage.ts';
import { readTextFile } from '../../../src/protocol/ea/frameText.ts';
import { readSymbols, writeSymbols } from '../../../src/domain/market/symbolCsv.ts';
import { symbolColumns, type SymbolRow } from '../../../src/domain/market/symbolRow.ts';
import type { SymbolSpec } from '../../../src/domain/market/symbolSpec.ts';
import { Button } from '../../ui/button.tsx';
import { saveCsv } from '../../ui/saveFile.ts';
import { bringsSizes, emptyRow, mergeRows } from './symbolForm.ts';
import { unwaited } from '../../store/unwaited.ts';

/**
 * Adds a row; exports the table to a file; imports it from a file or pasted text. A text with any error is not
 * imported at all.
 */
export function SymbolFile({
  rows,
  symbols,
  codePage,
  onChange,
}: {
  rows: readonly SymbolRow[];
  /** The typed table; null while it has an error. */
  symbols: readonly SymbolSpec[] | null;
  /** Code page for files that aren't UTF-8. */
  codePage: CodePage;
  /** @param confirmed the text states every contract size on which brokers disagree, so a person has checked them */
  onChange: (rows: SymbolRow[], confirmed?: boolean) => void;
}): ReactElement {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [done, setDone] = useState<string | null>(null);
  const importText = (csv: string): void => {
    const read = readSymbols(csv);
    setProblems(read.ok ? [] : read.problems);
    setDone(null);
    if (!read.ok) return;
    const merged = mergeRows(rows, read.symbols);
    onChange(merged.rows, bringsSizes(merged.rows, read.symbols));
    setDone(`${String(merged.replaced)} replaced, ${String(merged.added)} added. Save to keep them.`);
  };
  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const csv = readTextFile(new Uint8Array(await file.arrayBuffer()), codePage);
    setText(csv);
    importText(csv);
  };
  return (
    <div className="mt-2">
      <div className="flex items-center gap-2">
        <Button
          onClick={() => {
            onChange([emptyRow, ...rows]);
          }}
        >
          <Plus className="size-4" aria-hidden="true" />
          Add a symbol
        </Button>
        <Button
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          <Upload className="size-4" aria-hidden="true" />
          Import
        </Button>
        <Button
          disabled={symbols === null}
          onClick={() => {
            saveCsv('symbols.csv', [writeSymbols(symbols ?? [])]);
          }}
        >
          <Download className="size-4" aria-hidden="true" />
          Export
        </Button>
        <p aria-live="polite" className="text-sm text-live">
          {done}
        </p>
      </div>
      {open && (
        <div className="mt-2 rounded-[6px] border border-line p-3">
          <label htmlFor={`${id}-file`} className="mb-1 block text-sm font-medium">
            A CSV file
          </label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".csv,text/csv,text/plain"
            className="mb-3 block w-full text-sm text-muted file:mr-3 file:h-8 file:rounded-[6px] file:border file:border-line file:bg-raised file:px-3 file:text-sm file:text-text"
            onChange={({ target }) => {
              unwaited(choose(target.files?.[0]));
            }}
          />
          <label htmlFor={`${id}-text`} className="mb-1 block text-sm font-medium">
            Or paste it here
          </label>
          <textarea
            id={`${id}-text`}
            rows={5}
            value={text}
            spellCheck={false}
            placeholder={symbolColumns.join(',')}
            onChange={({ target }) => {
              setText(target.value);
            }}
            className="w-full rounded-[6px] border bg-raised p-2 font-mono text-xs"
          />
          <Button
            className="mt-1"
            disabled={text.trim() === ''}
            onClick={() => {
              importText(text);
            }}
          >
            Read it
          </Button>
          {problems.length > 0 && (
            <ul aria-label="What is wrong with the file" className="mt-2 max-h-40 overflow-y-auto text-sm text-down">
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
