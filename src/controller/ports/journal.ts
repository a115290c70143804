import type { EngineSource, Order, PersonSource } from '../../domain/orders/order.ts';
import type { Alarm, Sample } from '../../api/state/state.ts';
import type { ProfitStep } from '../../domain/xp.ts';
import type { ConnectionEvent, JournalHistory } from './journalHistory.ts';
import type { JournalOrders } from './journalOrders.ts';

/** Who did something: a person by the way of access, or the app. */
type Actor = PersonSource | 'app';

/**
 * Entries of the journal. All but the last two are rows of the append-only journal, numbered in the order of writing;
 * `sample` and `remember` are figures that replace or thin out older ones.
 */
export type JournalEntry =
  /** An order's new state. `frame`: bytes sent to the EA with it. */
  | { type: 'order'; order: Order; frame: Uint8Array | null }
  /** An EA's report of an order, unchanged; `order` is null when none was sent under this ID. */
  | { type: 'feedback'; bridge: string; order: number | null; signalId: string; frame: Uint8Array; history: boolean }
  /** W13: an unreadable frame that names an order. */
  | {
      type: 'broken_feedback';
      bridge: string;
      order: number | null;
      signalId: string;
      frame: Uint8Array;
      reason: string;
    }
  | { type: 'history_frame'; bridge: string; frame: Uint8Array }
  | { type: 'armed'; bridge: string; armed: boolean; by: Actor; why: string | null }
  | { type: 'kill_switch'; on: boolean; by: Actor }
  /** `also`: the account's other names. */
  | { type: 'account'; bridge: string; account: string; by: Actor; also?: string[] }
  | { type: 'rebased'; bridge: string; account: string; equity: number; by: Actor; note: string }
  /** R4: a milestone of an account in telemetry, kept after its samples are thinned out. */
  | { type: 'milestone'; bridge: string; account: string; day: string; milestone: Milestone }
  | { type: 'settings'; bridge: string | null; by: Actor; changes: unknown }
  | { type: 'alarm'; alarm: Alarm }
  | { type: 'engine'; engine: string; by: Actor; change: unknown }
  | { type: 'feed'; feed: string; by: Actor; change: unknown }
  /** A signal that waits for a person. Its outcome is an order. */
  | { type: 'signal'; source: EngineSource; bridge: string | null; signalId: string; asked: string }
  | { type: 'connection'; bridge: string; event: ConnectionEvent }
  | { type: 'sample'; bridge: string; account: string | null; sample: Sample }
  /** Newest value of a key, as {@link JournalRows.remembered} returns it. `value` is JSON. */
  | { type: 'remember'; key: string; value: unknown };

export type Milestone =
  | { kind: 'starting_balance'; balance: number }
  | { kind: 'profit'; step: ProfitStep; balance: number }
  /** `level` in % (R1). */
  | { kind: 'margin_low' | 'margin_recovered'; level: number };

export interface JournalRow {
  /** Epoch ms. */
  at: number;
  entry: JournalEntry;
}

/** The append-only rows, and values stored for a later start. */
export interface JournalRows {
  /**
   * Writes all rows, durable when it returns.
   * @throws Error with a sentence; then no row is written
   */
  write(rows: readonly JournalRow[]): void;
  /**
   * The newest value of a key.
   * @throws Error with a sentence when it can't be read
   */
  remembered(key: string): unknown;
  /** Makes everything written durable and ends writing. */
  close(): Promise<void>;
}

/** Storage of everything that must outlive the process (ARCHITECTURE rule 1). */
export interface Journal extends JournalRows, JournalOrders, JournalHistory {}
