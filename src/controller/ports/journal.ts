import type { EngineSource, Order, PersonSource } from '../../domain/orders/order.ts';
import type { Alarm, Sample } from '../../api/state/state.ts';
import type { ProfitStep } from '../../domain/xp.ts';
import type { ConnectionEvent, JournalHistory } from './journalHistory.ts';
import type { JournalOrders } from './journalOrders.ts';

/** Who did something: the door by which it came. */
type Actor = PersonSource | 'app';

/**
 * What is written down. All but the last two are rows of the append-only journal, numbered in the order of writing;
 * `sample` and `remember` are figures that replace or thin out older ones.
 */
export type JournalEntry =
  /** The order as it is from now on. `frame`: the bytes that go to the EA with it. */
  | { type: 'order'; order: Order; frame: Uint8Array | null }
  /** What the EA said of an order, as it came; `order` is null when none was sent under this id. */
  | { type: 'feedback'; bridge: string; order: number | null; signalId: string; frame: Uint8Array; history: boolean }
  /** W13: a frame that can't be read but names an order. */
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
  /** R4: what telemetry showed of an account, so that it is known after its samples have been thinned out. */
  | { type: 'milestone'; bridge: string; account: string; day: string; milestone: Milestone }
  | { type: 'settings'; bridge: string | null; by: Actor; changes: unknown }
  | { type: 'alarm'; alarm: Alarm }
  | { type: 'engine'; engine: string; by: Actor; change: unknown }
  | { type: 'feed'; feed: string; by: Actor; change: unknown }
  /** A signal that waits for a person. What becomes of it is an order. */
  | { type: 'signal'; source: EngineSource; bridge: string | null; signalId: string; asked: string }
  | { type: 'connection'; bridge: string; event: ConnectionEvent }
  | { type: 'sample'; bridge: string; account: string | null; sample: Sample }
  /** The newest value of a key is what {@link JournalRows.remembered} gives back. `value` is JSON. */
  | { type: 'remember'; key: string; value: unknown };

export type Milestone =
  | { kind: 'starting_balance'; balance: number }
  | { kind: 'profit'; step: ProfitStep; balance: number }
  /** `level` in per cent (R1). */
  | { kind: 'margin_low' | 'margin_recovered'; level: number };

export interface JournalRow {
  /** Epoch ms. */
  at: number;
  entry: JournalEntry;
}

/** The append-only rows, and the figures that a later start remembers. */
export interface JournalRows {
  /** All of the rows, durable when it returns; or none of them, and an exception that says why. */
  write(rows: readonly JournalRow[]): void;
  /** The newest value that was written under a key. @throws Error with a sentence that says why it can't be read */
  remembered(key: string): unknown;
  /** Everything written is durable; nothing can be written any more. */
  close(): Promise<void>;
}

/** Where everything that must outlive the process is kept (ARCHITECTURE rule 1). */
export interface Journal extends JournalRows, JournalOrders, JournalHistory {}
