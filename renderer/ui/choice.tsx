import { useId, type ReactElement } from 'react';

/**
 * A select of a few words.
 * @param unset text while none is chosen; left out: one always is
 */
export function Choice<Value extends string>({
  label,
  hint,
  unset,
  values,
  names,
  value,
  onChange,
}: {
  label: string;
  /** What it does, below it. */
  hint?: string;
  unset?: string;
  values: readonly Value[];
  names: Record<Value, string>;
  value: Value | null;
  onChange: (value: Value | null) => void;
}): ReactElement {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value ?? ''}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => {
          onChange(values.find((each) => each === target.value) ?? null);
        }}
        className="h-8 w-full rounded-[6px] border bg-raised px-2 text-base font-medium"
      >
        {unset !== undefined && <option value="">{unset}</option>}
        {values.map((each) => (
          <option key={each} value={each}>
            {names[each]}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="pt-0.5 text-xs leading-4 text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
