import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';

/** A modal dialog of the browser's own: it keeps the focus inside, and Escape closes it. */
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
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={onClose}
      onKeyDown={(event) => {
        // A key that is still held down from opening the dialog must not answer it.
        if (event.repeat && event.key === 'Enter') event.preventDefault();
      }}
      className="m-auto w-[440px] max-w-[calc(100vw-32px)] rounded-[6px] border border-line bg-panel p-0 text-text shadow-[var(--shadow)]"
    >
      <h2 id={id} className="border-b border-line px-5 py-3 text-lg font-semibold">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
