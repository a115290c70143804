import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { isComposing } from './composing.ts';
import { useFocusReturn } from './useFocusReturn.ts';

const widths = { narrow: 'w-[32.5rem]', wide: 'w-[42.5rem]' } as const;

/**
 * A dialog at the right edge that is not modal: the top bar with the kill switch, and the ticket, stay at hand. Escape
 * closes it, and the focus returns to where it was.
 */
export function Sheet({
  title,
  width,
  onClose,
  footer,
  children,
}: {
  title: string;
  width: keyof typeof widths;
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
}): ReactElement {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useFocusReturn();
  useEffect(() => {
    ref.current?.focus();
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || isComposing(event) || event.defaultPrevented || !concerns(ref.current)) return;
      event.preventDefault();
      onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [onClose]);
  return (
    <dialog
      ref={ref}
      open
      tabIndex={-1}
      aria-labelledby={id}
      className={`absolute inset-y-0 right-0 left-auto z-20 m-0 flex h-full max-h-none max-w-[calc(100vw-20rem)] flex-col border-l border-strong-line bg-panel p-0 text-text shadow-[var(--shadow)] focus:outline-none ${widths[width]}`}
    >
      <div className="flex h-12 shrink-0 items-center justify-between gap-3 border-b border-line pr-3 pl-5">
        <h2 id={id} className="truncate text-lg font-semibold" title={title}>
          {title}
        </h2>
        <button
          type="button"
          aria-label="Close the panel"
          title="Close (Esc)"
          onClick={onClose}
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-[6px] text-muted hover:bg-raised hover:text-text"
        >
          <X className="size-[1.125rem]" aria-hidden="true" />
        </button>
      </div>
      <div className="min-h-0 flex-1 scroll-py-12 overflow-y-auto px-5 py-4">{children}</div>
      {footer !== undefined && (
        <div className="flex shrink-0 items-center gap-2 border-t border-line px-5 py-3">{footer}</div>
      )}
    </dialog>
  );
}

/**
 * Whether a key belongs to the sheet: the focus is in it, or nowhere because its element was removed and no other sheet lies
 * above; not under a modal dialog.
 */
function concerns(sheet: HTMLElement | null): boolean {
  const { activeElement, body } = document;
  const isNowhere = activeElement === null || activeElement === body;
  const isOnTop = [...document.querySelectorAll('dialog[open]')].at(-1) === sheet;
  const here = isNowhere ? isOnTop : sheet?.contains(activeElement) === true;
  return here && document.querySelector('dialog:modal') === null;
}
