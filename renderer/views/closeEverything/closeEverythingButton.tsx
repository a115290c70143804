import { SquareX } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { pressOnce } from '../../ui/pressOnce.ts';
import { CloseEverythingDialog } from './closeEverythingDialog.tsx';

/** Opens the choice of accounts on which all is closed. */
export function CloseEverythingButton(): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        title="Close every position on the accounts that you choose"
        className="inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-[6px] border border-line bg-raised px-2.5 text-sm font-medium hover:border-strong-line"
        {...pressOnce(() => {
          setOpen(true);
        })}
      >
        <SquareX className="size-4 shrink-0" aria-hidden="true" />
        <span className="@max-[76rem]:sr-only">Close everything</span>
      </button>
      {isOpen && (
        <CloseEverythingDialog
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
