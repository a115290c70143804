import type { ReactElement, ReactNode } from 'react';

/** Foot of a form: its failure or its state. */
export function FormStatus({
  failure,
  leaving,
  wrong,
  dirty,
  word,
  note,
}: {
  failure: string | null;
  /** A person tried to close it with unsaved changes. */
  leaving: boolean;
  /** Number of wrong fields. */
  wrong: number;
  dirty: boolean;
  /** The button's label. */
  word: string;
  /** A further effect of the button. */
  note?: ReactNode;
}): ReactElement {
  return (
    <p aria-live="polite" className="mr-auto text-sm">
      {failure !== null ? (
        <span className="text-down">{failure}</span>
      ) : leaving ? (
        <span className="text-quiet">Nothing is saved yet. Press “{word}”, or “Cancel” to drop it.</span>
      ) : wrong > 0 ? (
        <span className="text-down">{wrong === 1 ? '1 field is wrong.' : `${String(wrong)} fields are wrong.`}</span>
      ) : (
        (note ?? <span className="text-muted">{dirty ? 'Not saved yet.' : 'Nothing is changed.'}</span>)
      )}
    </p>
  );
}
