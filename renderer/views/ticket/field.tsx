import { useId, type ReactElement, type ReactNode } from 'react';

export interface FieldIds {
  id: string;
  describedBy: string;
}

/** A label, a control and one line below it that is there even when it is empty, so that nothing shifts. */
export function Field({
  label,
  unit,
  error,
  hint,
  children,
}: {
  label: string;
  unit?: string;
  error?: string | undefined;
  hint?: { text: string; warning: boolean } | null;
  children: (ids: FieldIds) => ReactNode;
}): ReactElement {
  const id = useId();
  const describedBy = `${id}-note`;
  const warning = error !== undefined || hint?.warning === true;
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {unit !== undefined && <span className="text-xs text-muted">{unit}</span>}
      </div>
      {children({ id, describedBy })}
      <div
        id={describedBy}
        title={error ?? hint?.text}
        className={`h-[18px] truncate pt-0.5 text-xs leading-4 ${error !== undefined ? 'text-down' : warning ? 'text-quiet' : 'text-muted'}`}
      >
        {error ?? hint?.text}
      </div>
    </div>
  );
}

export const inputClass =
  'figures h-8 w-full rounded-[6px] border bg-raised px-2 text-base focus:border-focus focus:outline-none aria-[invalid=true]:border-down';
