import { ModelDay } from './modelDay.ts';
import { isTrade, type BridgeId, type ModelOrder } from './modelOrder.ts';

export const modelLimits = { openTrades: 4, tradesPerDay: 6, tradesPerMinute: 4, duplicateWindowS: 30 } as const;

const minuteMs = 60_000;
const staleMs = 15_000;
const pingIntervalMs = 30_000;

/** What is asked of everything around a bridge. */
export interface Around {
  time: number;
  wall: number;
  killed: boolean;
  /** Of this bridge. */
  journalWorks: boolean;
  /** Its own orders that may have left. */
  own: readonly ModelOrder[];
  /** Orders in doubt of bridges that are gone and that may be on its account. */
  orphans: readonly ModelOrder[];
}

/** One EA and what the desk knows of it. The account has one position, which every heartbeat tells. */
export class ModelBridge {
  readonly id: BridgeId;
  connected = false;
  armed = false;
  tradesPerDay: number;
  /** The first account that an EA named, or the one that a person accepted. */
  known: string | null;
  /** The account of now. */
  current: string | null = null;
  changed = false;
  /** When figures came, if the clock has not jumped and nobody has connected since. */
  figuresAt: number | null = null;
  positionsAt: number | null = null;
  readonly day: ModelDay;
  /** The trade that the EA has not been seen to get past. */
  unanswered: ModelOrder | null = null;
  /** How many are written down and about to leave. */
  leaving = 0;
  nextPing = 0;
  pings: number[] = [];

  constructor(
    id: BridgeId,
    { wall, known, tradesPerDay }: { wall: number; known: string | null; tradesPerDay: number },
  ) {
    this.id = id;
    this.known = known;
    this.tradesPerDay = tradesPerDay;
    this.day = new ModelDay(wall);
  }

  joined(time: number): void {
    this.connected = true;
    this.nextPing = time + pingIntervalMs;
    this.pings = [];
    this.figuresAt = null;
  }

  /** It has answered two pings a second apart, and says which account it is on. */
  named(account: string): void {
    if (this.unanswered !== null && this.unanswered.state !== 'sent') this.unanswered = null;
    this.current = account;
    this.known ??= account;
    this.changed = this.known !== account;
    if (this.changed) this.armed = false;
  }

  ping(time: number): void {
    if (this.connected) this.pings.push(time);
  }

  pingDue(time: number): void {
    this.nextPing = time + pingIntervalMs;
    this.ping(time);
  }

  /** The EA answers every ping that it has got. */
  answerPings(): void {
    const order = this.unanswered;
    if (order !== null && order.state !== 'sent' && this.pings.some((at) => at > order.at)) this.unanswered = null;
    this.pings = [];
  }

  heartbeat(time: number): void {
    this.figuresAt = time;
    this.positionsAt = time;
  }

  clockJumped(): void {
    this.armed = false;
    this.figuresAt = null;
  }

  /** Why a buy or sell must not leave now. */
  refusal({ action, symbol }: Pick<ModelOrder, 'action' | 'symbol'>, confirmed: readonly string[], around: Around) {
    const { time, own, orphans } = around;
    if (around.killed) return 'kill_switch';
    if (!this.connected) return 'no_ea';
    if (this.changed) return 'account_changed';
    if (!this.armed) return 'disarmed';
    if (this.figuresAt === null || time - this.figuresAt > staleMs) return 'stale_telemetry';
    if (!around.journalWorks) return 'journal_failed';
    if (this.unanswered !== null || this.leaving > 0) return 'busy';
    const trades = own.filter(isTrade);
    const traded = trades.filter(({ state }) => state !== 'rejected');
    // After a clock that was set back and a restart, an earlier one counts as sent just now.
    const last = Math.max(
      ...traded.filter((order) => order.symbol === symbol && order.action === action).map(({ at }) => at),
    );
    if (time - last < modelLimits.duplicateWindowS * 1_000) return 'duplicate_order';
    const doubts = [...trades, ...orphans].filter((order) => order.state === 'unknown' && order.symbol === symbol);
    if (doubts.some(({ id }) => !confirmed.includes(id))) return 'risk_unsettled';
    const { positionsAt } = this;
    if (positionsAt === null || time - positionsAt > staleMs) return 'risk_open_trades';
    const open = trades.filter(
      ({ state, settledAt }) =>
        state === 'sent' ||
        state === 'unknown' ||
        (state === 'filled' && settledAt !== null && settledAt >= positionsAt),
    );
    if (1 + open.length + orphans.length >= modelLimits.openTrades) return 'risk_open_trades';
    if (traded.filter(({ wallAt }) => wallAt >= this.day.from).length >= this.tradesPerDay) return 'risk_trades_day';
    if (traded.filter(({ at }) => at > time - minuteMs).length >= modelLimits.tradesPerMinute)
      return 'risk_trades_minute';
    return null;
  }
}
