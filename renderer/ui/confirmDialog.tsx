import { useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { unwaited } from '../store/unwaited.ts';

/** A question with one way to go on and one back. It can be answered once. */
export function ConfirmDialog({
  title,
  word,
  kind = 'primary',
  disabled = false,
  startOn = 'cancel',
  failure = null,
  onConfirm,
  onCancel,
  children,
}: {
  title: string;
  /** Label of the confirming button. */
  word: string;
  kind?: ButtonProps['kind'];
  disabled?: boolean;
  /** Place of the initial focus; `content`: the element marked in it. */
  startOn?: 'confirm' | 'cancel' | 'content';
  failure?: string | null;
  /** Resolves to `false` if it failed and may be tried again. */
  onConfirm: () => unknown;
  onCancel: () => void;
  children: ReactNode;
}): ReactElement {
  const answered = useRef(false);
  const [waiting, setWaiting] = useState(false);
  const confirm = async (): Promise<void> => {
    if (answered.current) return;
    answered.current = true;
    setWaiting(true);
    if ((await onConfirm()) !== false) return;
    answered.current = false;
    setWaiting(false);
  };
  return (
    <Dialog title={title} onClose={onCancel}>
      <div className="flex flex-col gap-3 px-5 py-4">{children}</div>
      <div className="sticky bottom-0 flex items-center justify-end gap-2 border-t border-line bg-panel px-5 py-3">
        <p aria-live="assertive" className="mr-auto text-sm text-down">
          {failure}
        </p>
        <Button data-autofocus={startOn === 'cancel' ? true : undefined} onClick={onCancel}>
          Cancel
        </Button>
        <Button
          data-autofocus={startOn === 'confirm' ? true : undefined}
          disabled={disabled || waiting}
          kind={kind}
          className="min-w-24"
          onClick={() => {
            unwaited(confirm());
          }}
        >
          {word}
        </Button>
      </div>
    </Dialog>
  );
}
