import { useEffect, useId, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { useFocusReturn } from './useFocusReturn.ts';

/** Enter and Space are dead so long after a dialog opened, in ms: what was typed meant what stood there before. */
const deadKeysMs = 400;

/**
 * A modal dialog of the browser's own: it keeps the focus inside, and Escape closes it. The focus begins on what is
 * marked `data-autofocus`, and returns to where it was.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}): ReactElement {
  const ref = useRef<HTMLDialogElement>(null);
  const openedAt = useRef(0);
  const id = useId();
  useFocusReturn();
  useEffect(() => {
    ref.current?.showModal();
    ref.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    openedAt.current = performance.now();
  }, []);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    // A key that is still held down from opening the dialog must not answer it either.
    if (event.repeat || performance.now() - openedAt.current < deadKeysMs) event.preventDefault();
  };
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={onClose}
      onKeyDownCapture={onKey}
      onKeyUpCapture={onKey}
      className="m-auto max-h-[calc(100vh-32px)] w-[27.5rem] max-w-[calc(100vw-32px)] overflow-y-auto rounded-[6px] border border-line bg-panel p-0 text-text shadow-[var(--shadow)]"
    >
      <h2 id={id} className="border-b border-line px-5 py-3 text-lg font-semibold">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
