import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { useFocusReturn } from './useFocusReturn.ts';

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
  const id = useId();
  useFocusReturn();
  useEffect(() => {
    ref.current?.showModal();
    ref.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={onClose}
      onKeyDown={(event) => {
        // A key still held down from opening the dialog must not answer it.
        if (event.repeat && event.key === 'Enter') event.preventDefault();
      }}
      className="m-auto max-h-[calc(100vh-32px)] w-[27.5rem] max-w-[calc(100vw-32px)] overflow-y-auto rounded-[6px] border border-line bg-panel p-0 text-text shadow-[var(--shadow)]"
    >
      <h2 id={id} className="border-b border-line px-5 py-3 text-lg font-semibold">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
