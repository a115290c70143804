import type { NoticeKind } from '../settings/desktopSettings.ts';
import type { SystemNotification } from './notices.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';

/** Notifications of one kind shown one by one within {@link burstMs}; further ones become a single one. */
const singles = 3;
const burstMs = 2_000;

export interface NoticeBurstParts {
  show: (notice: SystemNotification) => void;
  /** Runs an action once, after `ms`. */
  after: (ms: number, action: () => void) => Unsubscribe;
}

export interface NoticeBurst {
  push: (notice: SystemNotification) => void;
  /** Drops the notifications that are held back. */
  stop: Unsubscribe;
}

/** Shows notices at once, but a burst of them as few: an engine can have a dozen orders filled in a second. */
export function noticeBurst({ show, after }: NoticeBurstParts): NoticeBurst {
  const open = new Map<NoticeKind, { count: number; held: SystemNotification[]; undo: Unsubscribe }>();

  const end = (kind: NoticeKind): void => {
    const held = open.get(kind)?.held ?? [];
    open.delete(kind);
    const [only] = held;
    if (only !== undefined) show(held.length === 1 ? only : summary(kind, held));
  };
  return {
    push(notice) {
      const { kind } = notice;
      const burst = open.get(kind);
      if (burst === undefined) {
        const undo = after(burstMs, () => {
          end(kind);
        });
        open.set(kind, { count: 1, held: [], undo });
        show(notice);
        return;
      }
      burst.count += 1;
      if (burst.count > singles) burst.held.push(notice);
      else show(notice);
    },
    stop() {
      for (const { undo } of open.values()) undo();
      open.clear();
    },
  };
}

const words: Record<NoticeKind, string> = {
  fill: 'more orders filled',
  reject: 'more orders rejected or refused',
  unknown: 'more orders unknown',
  disconnect: 'more changes of connections',
  signal: 'more signals wait for you',
  limit: 'more orders or bridges at a limit',
};

function summary(kind: NoticeKind, held: SystemNotification[]): SystemNotification {
  return {
    kind,
    title: `${String(held.length)} ${words[kind]}`,
    body: kind === 'unknown' ? 'Look in MT5, then settle each of them.' : 'The desk lists each of them.',
    order: null,
  };
}
