import type { OrderSource } from '../../domain/orders/order.ts';
import type { Deal } from '../../domain/positions/deals.ts';
import { RowRateLimit } from '../../base/rateLimit.ts';
import type { Deal8 } from '../../protocol/protocol8/reports.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { AccountName } from './accountName.ts';
import type { SourceOf } from './shownTrades.ts';

/** Most deals that are written: an EA tells 1,000 of the past at a connection, and a broker makes some tens a second. */
const most = { aMinute: 5_000, anHour: 50_000 };

/** Writes the deals of an account into the journal, whoever made them (N6). One that is told again is written again. */
export class DealLog {
  private readonly bridge: string;
  private readonly journalWriter: JournalWriter;
  private readonly sourceOf: SourceOf;
  private readonly emit: Emit;
  private readonly rows = new RowRateLimit(most);
  /** An alarm was given since the last deal that was written. */
  private isTold = false;

  constructor(bridge: string, journalWriter: JournalWriter, sourceOf: SourceOf, emit: Emit) {
    this.bridge = bridge;
    this.journalWriter = journalWriter;
    this.sourceOf = sourceOf;
    this.emit = emit;
  }

  /** @param name of the account by its EA; without login and server a deal can't be told from another account's @param monotonic ms */
  take(told: Deal8, { login, server }: Pick<AccountName, 'login' | 'server'>, monotonic: number): void {
    if (told.kind !== 'trade' || login === null || server === null) return;
    if (!this.rows.allow(monotonic)) {
      if (!this.isTold) this.emit({ type: 'alarm', alarm: tradingAlarms.tooManyDeals(most.anHour) });
      this.isTold = true;
      return;
    }
    this.isTold = false;
    const signalId = told.signal_id ?? null;
    const deal = dealOf(told, signalId === null ? null : this.sourceOf(signalId));
    this.journalWriter.record({ type: 'deal', bridge: this.bridge, account: `${login}@${server}`, deal });
  }
}

function dealOf(told: Extract<Deal8, { kind: 'trade' }>, source: OrderSource | null): Deal {
  const { deal, at, position, symbol, side, entry, lots, price, profit, swap, commission, fee } = told;
  const costs = commission === undefined && fee === undefined ? null : (commission ?? 0) + (fee ?? 0);
  return {
    ...{ deal, at, position, symbol, side, entry, lots, price: price ?? null, profit: profit ?? null },
    ...{ swap: swap ?? null, costs, reason: told.reason ?? null, magic: told.magic ?? null },
    ...{ comment: told.comment ?? '', signalId: told.signal_id ?? null, source },
  };
}
