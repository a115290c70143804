import { PictureInPicture2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { appStore } from '../../store/appStore.ts';
import { callOrTell } from '../../store/callApp.ts';
import { unwaited } from '../../store/unwaited.ts';

/** Opens the ticket in a small window, kept above MT5 by the desktop app. */
export function CompactTicketButton(): ReactElement {
  return (
    <button
      type="button"
      aria-label="Compact ticket"
      title="Compact ticket: a small window of its own"
      onClick={open}
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-[6px] text-muted hover:bg-raised hover:text-text"
    >
      <PictureInPicture2 className="size-[1.125rem]" aria-hidden="true" />
    </button>
  );
}

function open(): void {
  if (globalThis.bittenDesk === undefined) {
    // Width in px for the current text size.
    const width = Math.round((340 * (appStore.getState().app?.settings.textSize ?? 100)) / 100);
    const place = `popup,width=${String(width)},height=720`;
    globalThis.open(`${globalThis.location.pathname}?view=ticket`, 'bitten-desk-ticket', place);
  } else {
    unwaited(callOrTell('showCompactTicket', null, 'The compact ticket did not open.'));
  }
}
