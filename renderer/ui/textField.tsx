import { useId, type ReactElement } from 'react';
import { Field, inputClass, type FieldProps } from './field.tsx';

export function TextField({
  value,
  placeholder,
  mono = false,
  decimal = false,
  disabled = false,
  suffix,
  suggestions = [],
  onChange,
  ...field
}: FieldProps & {
  value: string;
  placeholder?: string;
  mono?: boolean;
  /** The field takes a number. */
  decimal?: boolean;
  disabled?: boolean;
  /** The unit, inside the field. */
  suffix?: string | undefined;
  suggestions?: readonly string[];
  onChange: (value: string) => void;
}): ReactElement {
  const list = useId();
  return (
    <Field {...field}>
      {({ id, describedBy }) => (
        <div className="relative">
          <input
            id={id}
            type="text"
            inputMode={decimal ? 'decimal' : 'text'}
            value={value}
            placeholder={placeholder}
            list={suggestions.length > 0 ? list : undefined}
            autoComplete="off"
            spellCheck={false}
            disabled={disabled}
            aria-invalid={field.error !== undefined}
            aria-describedby={suffix === undefined ? describedBy : `${describedBy} ${id}-unit`}
            onChange={(event) => {
              onChange(event.target.value);
            }}
            className={`${inputClass} ${mono ? 'font-mono text-sm' : 'font-medium'} ${suffix === undefined ? '' : 'pr-14'}`}
          />
          {suffix !== undefined && (
            <span
              id={`${id}-unit`}
              className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-sm text-muted"
            >
              {suffix}
            </span>
          )}
          {suggestions.length > 0 && (
            <datalist id={list}>
              {suggestions.map((suggestion) => (
                <option key={suggestion} value={suggestion} />
              ))}
            </datalist>
          )}
        </div>
      )}
    </Field>
  );
}
