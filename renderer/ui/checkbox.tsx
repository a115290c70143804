import { useId, type ReactElement } from 'react';

export function Checkbox({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}): ReactElement {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-7 items-center gap-2 text-sm">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={({ target }) => {
          onChange(target.checked);
        }}
        className="size-3.5 accent-[var(--buy)]"
      />
      {label}
    </label>
  );
}
