import { useId, type ReactElement } from 'react';
import { Field, inputClass } from './field.tsx';

export function TextField({
  label,
  value,
  error,
  placeholder,
  mono = false,
  suggestions = [],
  onChange,
}: {
  label: string;
  value: string;
  error?: string | undefined;
  placeholder?: string;
  mono?: boolean;
  suggestions?: string[];
  onChange: (value: string) => void;
}): ReactElement {
  const list = useId();
  return (
    <Field label={label} error={error}>
      {({ id, describedBy }) => (
        <>
          <input
            id={id}
            type="text"
            value={value}
            placeholder={placeholder}
            list={list}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={error !== undefined}
            aria-describedby={describedBy}
            onChange={(event) => {
              onChange(event.target.value);
            }}
            className={`${inputClass} ${mono ? 'font-mono text-sm' : 'font-medium'}`}
          />
          <datalist id={list}>
            {suggestions.map((suggestion) => (
              <option key={suggestion} value={suggestion} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
