import type { Command8 } from '../protocol/protocol8/commands.ts';
import type { KnownId } from '../protocol/protocol8/reports.ts';
import type { Change } from './paperChanges.ts';
import type { CloseAll } from './paperOrders.ts';
import type { Entry, Report } from './paperReport.ts';

type Asked = Extract<Command8, { type: 'reconcile' }>['orders'];

/** What the store has of an ID. */
export interface Stored {
  /** The command without what differs when it is sent again. */
  content: string;
  /** The first report; null: still being traded. */
  result: Report | null;
}

/** The store of an EA of protocol 8, by which it carries out each ID once (N4, N8). It begins new with each start. */
export class PaperStore {
  private readonly entries = new Map<string, Stored>();
  /** Sessions that have been welcomed since the start. */
  private readonly sessions = new Set<string>();
  /** IDs that a reconciliation has declared as never seen: refused for good. */
  private readonly tombstones = new Set<string>();

  welcomed(session: string): void {
    this.sessions.add(session);
  }

  /** Takes a command that is to be carried out. @returns its entry, what is known of its ID, or why it is refused */
  take(command: Entry | CloseAll | Change): { stored: Stored } | { repeated: Report | null } | { refused: string } {
    const { signal_id: id } = command;
    const content = JSON.stringify({ ...command, session: '', sent_at: 0 });
    const known = this.entries.get(id);
    if (known !== undefined) {
      return known.content === content ? { repeated: known.result } : { refused: `Another order has the ID ${id}.` };
    }
    if (this.tombstones.has(id)) {
      return { refused: `The ID ${id} was declared as never seen, and is refused for good.` };
    }
    const stored: Stored = { content, result: null };
    this.entries.set(id, stored);
    return { stored };
  }

  /** N8: what was never seen is refused from then on. Of a session of an earlier start this store can say nothing. */
  reconcile(orders: Asked): KnownId[] {
    return orders.map(({ signal_id: id, session }): KnownId => {
      const stored = this.entries.get(id);
      if (stored === undefined) {
        this.tombstones.add(id);
        const isRecorded = session !== null && this.sessions.has(session);
        return { signal_id: id, state: isRecorded ? 'never_seen' : 'cannot_say' };
      }
      const { result } = stored;
      return result === null ? { signal_id: id, state: 'pending' } : { signal_id: id, state: 'result', result };
    });
  }
}
