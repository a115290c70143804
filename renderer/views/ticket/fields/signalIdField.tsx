import { useId, type ReactElement } from 'react';
import { inputClass } from '../../../ui/field.tsx';

/** An optional signal ID of the person's own. Its error stands beside the buttons. */
export function SignalIdField({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (text: string) => void;
}): ReactElement {
  const id = useId();
  return (
    <div className="mt-[3px] flex items-center gap-2">
      <label htmlFor={id} className="shrink-0 text-xs text-muted">
        Signal ID
      </label>
      <input
        id={id}
        type="text"
        value={value}
        placeholder="empty: one is made"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        title={error}
        onChange={({ target }) => {
          onChange(target.value);
        }}
        className={`${inputClass} font-mono text-xs`}
      />
    </div>
  );
}
