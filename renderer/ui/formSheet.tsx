import { useId, useState, type ReactElement, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { FormStatus } from './formStatus.tsx';
import { Sheet } from './sheet.tsx';

/**
 * A sheet with a form. Changes apply with its button alone; "Cancel" discards them, and any other way out asks once if
 * there are any.
 */
export function FormSheet({
  title,
  word,
  width = 'narrow',
  failure,
  wrong,
  dirty,
  disabled,
  note,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  /** The button's label. */
  word: string;
  width?: 'narrow' | 'wide';
  /** Why it failed; null: it didn't. */
  failure: string | null;
  /** Number of wrong fields. */
  wrong: number;
  /** Whether there are changes to lose. */
  dirty: boolean;
  disabled: boolean;
  /** A further effect of the button. */
  note?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}): ReactElement {
  const [leaving, setLeaving] = useState(false);
  const formId = useId();
  return (
    <Sheet
      title={title}
      width={width}
      onClose={() => {
        if (dirty && !leaving) setLeaving(true);
        else if (!dirty) onClose();
      }}
      footer={
        <>
          <FormStatus failure={failure} leaving={leaving} wrong={wrong} dirty={dirty} word={word} note={note} />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} kind="primary" disabled={disabled} className="min-w-24">
            {word}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        aria-label={title}
        className={`flex flex-col ${width === 'wide' ? 'gap-6' : 'gap-5'}`}
        onChange={() => {
          setLeaving(false);
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled) onSubmit();
        }}
      >
        {children}
      </form>
    </Sheet>
  );
}
