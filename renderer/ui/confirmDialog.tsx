import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FreshBar, LookAt, useFreshLook } from './freshLook.tsx';
import { pressOnce } from './pressOnce.ts';
import { unwaited } from '../store/unwaited.ts';

/** A question with one way to go on and one back. It can be answered once. */
export function ConfirmDialog({
  title,
  word,
  kind = 'primary',
  disabled = false,
  expires = false,
  startOn = 'cancel',
  failure = null,
  onConfirm,
  onRenew,
  onCancel,
  children,
}: {
  title: string;
  /** Label of the confirming button. */
  word: string;
  kind?: ButtonProps['kind'];
  disabled?: boolean;
  /** The figures move: the look at them ends after a while, and nothing is confirmed until it is begun anew. */
  expires?: boolean;
  /** Place of the initial focus; `content`: the element marked in it. */
  startOn?: 'confirm' | 'cancel' | 'content';
  failure?: string | null;
  /** Resolves to `false` if it failed and may be tried again. */
  onConfirm: () => unknown;
  /** Called when the look begins anew, before it shows. */
  onRenew?: () => void;
  onCancel: () => void;
  children: ReactNode;
}): ReactElement {
  const answered = useRef(false);
  const [waiting, setWaiting] = useState(false);
  const look = useFreshLook(expires);
  const { touch } = look;
  const buttons = useRef<HTMLDivElement>(null);
  const confirm = async (): Promise<void> => {
    if (answered.current || !look.settled || look.endIfSlept()) return;
    answered.current = true;
    setWaiting(true);
    if ((await onConfirm()) !== false) return;
    answered.current = false;
    setWaiting(false);
  };
  // The focus is on no dead button: it goes to the one that begins the look anew, and from there to Cancel.
  const { fresh } = look;
  const wasFresh = useRef(true);
  useEffect(() => {
    if (fresh === wasFresh.current) return;
    wasFresh.current = fresh;
    const [cancel, anew] = ['[data-cancel]', '[data-anew]'].map((name) =>
      buttons.current?.querySelector<HTMLElement>(name),
    );
    if (fresh) cancel?.focus();
    else if (document.activeElement?.matches('[data-confirm]') === true) anew?.focus();
  }, [fresh]);
  return (
    <Dialog title={title} onClose={onCancel}>
      <div onPointerMove={touch} onPointerDown={touch} onKeyDown={touch} onFocus={touch}>
        <div className="flex flex-col gap-3 px-5 py-4">
          <LookAt look={look.look}>{children}</LookAt>
        </div>
        <div className="sticky bottom-0 bg-panel">
          {expires ? <FreshBar look={look} /> : <div className="border-t border-line" />}
          <div ref={buttons} className="flex items-center justify-end gap-2 px-5 py-3">
            <div aria-live="assertive" className="mr-auto flex min-h-8 items-center text-sm text-down">
              {fresh ? (
                failure
              ) : (
                <Button
                  data-anew
                  {...pressOnce(() => {
                    onRenew?.();
                    look.renew();
                  })}
                >
                  Show anew
                </Button>
              )}
            </div>
            <Button data-cancel data-autofocus={startOn === 'cancel' ? true : undefined} onClick={onCancel}>
              Cancel
            </Button>
            <Button
              data-confirm
              data-autofocus={startOn === 'confirm' ? true : undefined}
              disabled={disabled || waiting || !fresh}
              aria-disabled={!look.settled}
              kind={kind}
              title={fresh ? undefined : 'Prices may have moved since you last looked here. Show anew, then decide.'}
              className="min-w-24 aria-disabled:opacity-50"
              onClick={(event) => {
                // The second click of a double click, wherever it began, is no answer.
                if (event.detail < 2) unwaited(confirm());
              }}
            >
              {word}
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}
