import { useId, type ReactElement, type ReactNode } from 'react';

export interface FieldIds {
  id: string;
  describedBy: string;
}

/** Height of the line below: `line` and `two lines` keep theirs when empty, so that nothing shifts. */
const notes = {
  line: 'h-[1.125rem] truncate',
  'two lines': 'line-clamp-2 h-[2.125rem]',
  'at least a line': 'min-h-[1.125rem]',
  'as needed': '',
} as const;

export interface FieldProps {
  label: string;
  unit?: string | undefined;
  /** A control beside the label, in place of the unit. */
  aside?: ReactNode;
  error?: string | undefined;
  hint?: { text: string; warning: boolean } | null | undefined;
  note?: keyof typeof notes | undefined;
}

/** A label, a control, and below it its error or hint. */
export function Field({
  label,
  unit,
  aside,
  error,
  hint,
  note = 'line',
  children,
}: FieldProps & { children: (ids: FieldIds) => ReactNode }): ReactElement {
  const id = useId();
  const describedBy = `${id}-note`;
  const warning = error !== undefined || hint?.warning === true;
  return (
    <div className="min-w-0">
      <div className="mb-1 flex h-5 items-center justify-between gap-2">
        <label htmlFor={id} className="text-sm font-medium whitespace-nowrap">
          {label}
        </label>
        {unit !== undefined && <span className="truncate text-xs text-muted">{unit}</span>}
        {aside}
      </div>
      {children({ id, describedBy })}
      <div
        id={describedBy}
        title={error ?? hint?.text}
        className={`pt-0.5 text-xs leading-4 ${notes[note]} ${error !== undefined ? 'text-down' : warning ? 'text-quiet' : 'text-muted'}`}
      >
        {error ?? hint?.text}
      </div>
    </div>
  );
}

export const inputClass =
  'figures h-8 w-full min-w-0 rounded-[6px] border bg-raised px-2 text-base focus:border-focus focus:outline-none aria-[invalid=true]:border-down';
