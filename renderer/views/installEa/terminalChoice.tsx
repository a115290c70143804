import type { ReactElement, ReactNode } from 'react';
import { noTerminalText, terminalText } from '../../../src/api/presentation/eaInstallationText.ts';
import type { EaTerminals } from '../../../src/api/queries/eaInstallation.ts';
import { TextField } from '../../ui/textField.tsx';

/** A terminal that was found, by the folder of its data, or the folder that is typed. */
export type Chosen = { kind: 'found'; data: string } | { kind: 'typed' };

interface ChoiceProps {
  found: EaTerminals;
  chosen: Chosen | null;
  typed: string;
  onChoose: (chosen: Chosen) => void;
  onType: (typed: string) => void;
}

/** The terminals on the desk's machine, and a field for the folder of another one there. */
export function TerminalChoice({ found, chosen, typed, onChoose, onType }: ChoiceProps): ReactElement {
  const none = noTerminalText(found);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-base font-semibold">MetaTrader 5 on {found.machine}</legend>
      <p className="mb-2 text-sm text-muted">
        {none ?? `The desk runs on this machine, so it looks there alone.`} In a MetaTrader on another machine, put the
        EA by hand: docs/mt5.md tells how.
      </p>
      <div className="flex flex-col gap-2">
        {found.terminals.map((terminal) => (
          <Option
            key={terminal.data}
            checked={chosen?.kind === 'found' && chosen.data === terminal.data}
            onCheck={() => {
              onChoose({ kind: 'found', data: terminal.data });
            }}
            title={terminal.programs ?? 'MetaTrader 5'}
            aside={terminalText(terminal)}
          >
            <span className="font-mono break-all">{terminal.data}</span>
          </Option>
        ))}
        <Option
          checked={chosen?.kind === 'typed'}
          onCheck={() => {
            onChoose({ kind: 'typed' });
          }}
          title="Another folder"
        >
          A portable terminal’s own folder, or what File, Open Data Folder opens in MT5.
        </Option>
        {chosen?.kind === 'typed' && (
          <TextField label="Folder of the terminal" value={typed} mono note="as needed" onChange={onType} />
        )}
      </div>
    </fieldset>
  );
}

function Option({
  checked,
  onCheck,
  title,
  aside,
  children,
}: {
  checked: boolean;
  onCheck: () => void;
  title: string;
  aside?: string;
  children: ReactNode;
}): ReactElement {
  return (
    <label className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-2 rounded-[6px] border border-line bg-raised px-3 py-1.5 has-checked:border-focus">
      <input
        type="radio"
        name="terminal"
        className="translate-y-0.5 accent-[var(--buy)]"
        checked={checked}
        onChange={onCheck}
      />
      <span className="text-sm font-medium break-all">{title}</span>
      <span className="figures text-xs text-muted">{aside}</span>
      <span className="col-span-2 col-start-2 text-xs text-muted">{children}</span>
    </label>
  );
}
