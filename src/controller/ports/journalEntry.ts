import type { Alarm } from '../../api/state/alarms.ts';
import type { LinkState } from '../../api/state/connectionHistory.ts';
import type { ChannelName, Sample } from '../../api/state/state.ts';
import type { EngineSource, Order, PersonSource } from '../../domain/orders/order.ts';
import type { Deal } from '../../domain/positions/deals.ts';
import type { ProfitStep } from '../../domain/xp.ts';

/** Who did something: a person by the way of access, or the app. */
export type Actor = PersonSource | 'app';

/**
 * Entries of the journal. All but the last three are rows of the append-only journal, numbered in the order of writing;
 * `sample`, `deal` and `remember` replace or thin out older ones.
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
  /** `dayStart`: only the start of the day was set, as typed; `before`: what it was, null: not known. */
  | {
      type: 'rebased';
      bridge: string;
      account: string;
      equity: number;
      by: Actor;
      note: string;
      dayStart?: { before: number | null };
    }
  /** R4: a milestone of an account in telemetry, kept after its samples are thinned out. */
  | { type: 'milestone'; bridge: string; account: string; day: string; milestone: Milestone }
  /** `before`: the changed values as they were; left out by earlier versions. */
  | { type: 'settings'; bridge: string | null; by: Actor; changes: unknown; before?: unknown }
  /** A person has taken note of alarms. */
  | { type: 'acknowledged'; by: Actor; alarms: Pick<Alarm, 'bridge' | 'code' | 'text'>[] }
  | { type: 'alarm'; alarm: Alarm }
  /** `before`: as with settings. */
  | { type: 'engine'; engine: string; by: Actor; change: unknown; before?: unknown }
  | { type: 'feed'; feed: string; by: Actor; change: unknown }
  /** A signal that waits for a person. Its outcome is an order. */
  | { type: 'signal'; source: EngineSource; bridge: string | null; signalId: string; asked: string }
  | { type: 'connection'; bridge: string; event: ConnectionEvent }
  | { type: 'sample'; bridge: string; account: string | null; sample: Sample }
  /**
   * N6: a deal of the account, told again or not: one of the same number replaces it. @property account login@server, by which the
   * number is unique
   */
  | { type: 'deal'; bridge: string; account: string; deal: Deal }
  /** Newest value of a key, as {@link JournalRows.remembered} returns it. `value` is JSON. */
  | { type: 'remember'; key: string; value: unknown };

export type Milestone =
  | { kind: 'starting_balance'; balance: number }
  | { kind: 'profit'; step: ProfitStep; balance: number }
  /** `level` in % (R1). */
  | { kind: 'margin_low' | 'margin_recovered'; level: number };

export type ConnectionEvent =
  /** The desk started. `aliveUntil`: time when it was last known to run before, epoch ms; null: never. */
  | { kind: 'start'; aliveUntil: number | null }
  /** State of a channel since then. `drops`: connections lost since its last entry. */
  | { kind: 'state'; channel: ChannelName; state: Exclude<LinkState, 'off'>; since: number; drops: number };
