import { ModelAccount, type KeptAccounts } from './modelAccount.ts';
import { ModelDay } from './modelDay.ts';
import { isTrade, type BridgeId, type ModelOrder } from './modelOrder.ts';
import type { ModelPositions } from './modelPositions.ts';
import { ModelRisk, type Figures, type KeptMeasures } from './modelRisk.ts';

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

/** What an EA tells of its account. `uuid` null: not that. */
export interface Heartbeat {
  equity: number;
  uuid: number | null;
  positions: number;
}

/** What is kept of a bridge over restarts, and while it isn't there. */
export interface KeptBridge {
  tradesPerDay: number;
  positions: ModelPositions | null;
  accounts: KeptAccounts;
  measures: KeptMeasures;
}

/** One EA and what the desk knows of it. Every heartbeat tells how many positions there are. */
export class ModelBridge {
  readonly id: BridgeId;
  connected = false;
  armed = false;
  tradesPerDay: number;
  /** When figures came, if the clock has not jumped and nobody has connected since. */
  figuresAt: number | null = null;
  readonly positions: ModelPositions;
  readonly account: ModelAccount;
  readonly risk: ModelRisk;
  /** What has come and has not been looked at yet. */
  private fresh: Figures | null = null;
  private equity = 0;
  readonly day: ModelDay;
  /** The trade that the EA has not been seen to get past. */
  unanswered: ModelOrder | null = null;
  /** How many are written down and about to leave. */
  leaving = 0;
  nextPing = 0;
  pings: number[] = [];

  constructor(id: BridgeId, wall: number, kept: KeptBridge, positions: ModelPositions) {
    this.id = id;
    this.tradesPerDay = kept.tradesPerDay;
    this.account = new ModelAccount(kept.accounts);
    this.risk = new ModelRisk(kept.measures);
    this.day = new ModelDay(wall);
    this.positions = positions;
  }

  joined(time: number): void {
    this.connected = true;
    this.nextPing = time + pingIntervalMs;
    this.pings = [];
    this.forgetFigures();
    this.account.joined();
  }

  left(): void {
    this.connected = false;
    this.account.left();
    this.positions.stirred();
  }

  /** It has answered two pings a second apart. */
  caughtUp(): void {
    if (this.unanswered !== null && this.unanswered.state !== 'sent') this.unanswered = null;
  }

  /** The terminal says which login it is on. @param account 0: none */
  status(account: number, time: number): void {
    const { loggedOut, now } = this.account;
    this.account.loggedOut = account === 0;
    if (account === 0) {
      this.account.waitsUntil = null;
      return;
    }
    if (loggedOut || (now.login !== null && now.login !== account)) this.forgetFigures();
    this.named({ login: account, uuid: now.login === account || now.login === null ? now.uuid : null }, time);
  }

  heartbeat({ equity, uuid, positions }: Heartbeat, at: { time: number; wall: number }): void {
    const { time } = at;
    const { now, loggedOut } = this.account;
    if (uuid !== null && now.uuid !== null && uuid !== now.uuid) this.forgetFigures();
    this.figuresAt = time;
    this.equity = equity;
    this.fresh = { equity, high: Math.max(equity, this.fresh?.high ?? equity) };
    if (uuid !== null) this.named({ ...now, uuid }, time);
    if (!loggedOut) this.positions.report(positions, equity, at);
  }

  private named(names: ModelAccount['now'], time: number): void {
    const is = this.account.named(names, time);
    if (is === 'other' || is === 'back') this.otherAccount();
    if (is === 'other') this.armed = false;
  }

  /** No name has come that can be compared. */
  waited(): void {
    this.account.waited();
    this.otherAccount();
    this.armed = false;
  }

  /** A person says that the account of now is the right one. */
  accept(): void {
    if (this.account.accept()) this.otherAccount();
  }

  private otherAccount(): void {
    this.positions.forget();
    this.risk.forget();
  }

  private forgetFigures(): void {
    this.figuresAt = null;
    this.fresh = null;
  }

  /** Figures are looked at, a few times a second. */
  look(): void {
    const { fresh, account, day } = this;
    this.fresh = null;
    const { key, names, number } = account;
    if (fresh === null || key === null || number === null || account.problem !== null) return;
    const { date, begins } = day;
    if (this.risk.observe({ key, names, number }, { date, begins: begins === date }, fresh)) day.begins = null;
  }

  get problem(): ModelAccount['problem'] {
    return this.connected ? this.account.problem : null;
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

  clockJumped(): void {
    this.armed = false;
    this.figuresAt = null;
  }

  /** Why a buy or sell must not leave now. */
  refusal({ action, symbol }: Pick<ModelOrder, 'action' | 'symbol'>, confirmed: readonly string[], around: Around) {
    const { time, own, orphans } = around;
    if (around.killed) return 'kill_switch';
    if (!this.connected) return 'no_ea';
    const { problem } = this;
    if (problem === 'changed' || problem === 'logged out') return 'account_changed';
    if (!this.armed) return 'disarmed';
    if (this.figuresAt === null || time - this.figuresAt > staleMs) return 'stale_telemetry';
    if (problem === 'unnamed') return 'account_changed';
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
    const { last: told } = this.positions;
    if (told === null || time - told.at > staleMs) return 'risk_open_trades';
    const open = trades.filter(
      ({ state, settledAt }) =>
        state === 'sent' || state === 'unknown' || (state === 'filled' && settledAt !== null && settledAt >= told.at),
    );
    if (told.count + open.length + orphans.length >= modelLimits.openTrades) return 'risk_open_trades';
    if (traded.filter(({ wallAt }) => wallAt >= this.day.from).length >= this.tradesPerDay) return 'risk_trades_day';
    if (traded.filter(({ at }) => at > time - minuteMs).length >= modelLimits.tradesPerMinute)
      return 'risk_trades_minute';
    return this.risk.refusal(this.account.number ?? 0, this.equity);
  }
}
