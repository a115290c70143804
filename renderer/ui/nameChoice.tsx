import type { ReactElement } from 'react';

/** A select of existing names, or all of them. */
export function NameChoice({
  label,
  all,
  names,
  value,
  onChange,
}: {
  label: string;
  all: string;
  names: string[];
  value: string | null;
  onChange: (value: string | null) => void;
}): ReactElement {
  // The chosen name stays in the list, even when nothing has it now.
  const listed = value === null || names.includes(value) ? names : [value, ...names];
  return (
    <select
      aria-label={label}
      value={value === null ? 'all' : `is ${value}`}
      onChange={({ target }) => {
        onChange(target.value === 'all' ? null : target.value.slice('is '.length));
      }}
      className={`h-7 max-w-18 min-w-18 @min-[46rem]:max-w-28 @min-[46rem]:min-w-20 2xl:max-w-40 rounded-[6px] border bg-raised px-1 text-xs hover:border-strong-line ${value === null ? 'border-line' : 'border-focus font-medium'}`}
    >
      <option value="all">{all}</option>
      {listed.map((name) => (
        <option key={name} value={`is ${name}`}>
          {name === '' ? 'not named' : name}
        </option>
      ))}
    </select>
  );
}
