import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { say, timeLimit, times } from '../torture/faults.ts';
import { tempDir } from '../support/tempDir.ts';
import { type EaPeer, EaStage, type Said } from './eaPeer.ts';
import { compileEa } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { dealsIn } from './tradeShell.ts';

// Orders with repeats, delayed frames and trouble with trade events, and an EA that is killed at every step: none trades twice, and
// of each it is known in the end what became of it.

/** Orders of one life of the EA; the last one meets the kill. */
const ordersALife = 10;
const lives = times(12, 1_000);

/** Where a life ends: before or after a call of MQL5 that an order makes. */
const deaths = ['OrderSendAsync', 'FileWriteArray', 'FileFlush', 'FileReadArray', 'SocketSend', 'SocketRead'].flatMap(
  (call) => [1, 2, 3].flatMap((nth) => [`DIE_AT ${call}:+${String(nth)}`, `DIE_AFTER ${call}:+${String(nth)}`]),
);
const troubles = [
  {},
  { EVENTS_LOSE: 'all' },
  { EVENTS_ORDER: 'shuffle' },
  { LATE_EVENTS_MS: 60 },
  { LATE_HISTORY_MS: 60 },
  { EXECUTION_MS: 60 },
];

const stage = new EaStage();
afterEach(() => stage.close());

type State = 'traded' | 'not traded' | 'open';

/** What is known of an order by its report. */
function stateOf(report: Said | undefined): State {
  if (report === undefined) return 'open';
  return report.type === 'trade_result' ? 'traded' : report['code'] === 'unknown' ? 'open' : 'not traded';
}

/** Orders that were sent, and what is known of each. */
class Book {
  readonly states = new Map<string, State>();
  readonly counts = { repeats: 0, never: 0 };
  private readonly sent = new Map<string, Record<string, unknown>>();

  /** Sends an order, every third twice. @returns its first report; `undefined`: the EA has ended before */
  async fire(backend: EaPeer, id: string, place: number, ended: Promise<unknown>): Promise<Said | undefined> {
    const side = place % 2 === 0 ? 'buy' : 'sell';
    const command = backend.order(id, { action: side, lot: 0.01, sl: 0, tp: 0, expires_ms: 60_000 });
    this.sent.set(id, command);
    this.states.set(id, 'open');
    const from = backend.said.length;
    for (let time = 0; time < (place % 3 === 0 ? 2 : 1); time += 1) {
      await backend.send(command).catch(() => undefined);
      this.counts.repeats += time;
    }
    const report = await Promise.race([backend.report(id, from), ended.then(() => undefined)]);
    this.states.set(id, stateOf(report));
    return report;
  }

  /** Asks what became of all orders without a state, until each has one. */
  async reconcile(backend: EaPeer): Promise<void> {
    for (let ask = 0; ask < 200; ask += 1) {
      const open = [...this.states].filter(([, state]) => state === 'open').map(([id]) => id);
      if (open.length === 0) return;
      const asked = open.map((id) => {
        const { session, sent_at } = this.sent.get(id) ?? {};
        return { id, session: String(session), sentAt: Number(sent_at) };
      });
      for (const { signal_id: id = '', state, result } of await backend.reconcile(...asked)) {
        if (state === 'result') this.states.set(id, stateOf(result as Said));
        if (state !== 'never_seen') continue;
        this.states.set(id, 'not traded');
        this.counts.never += 1;
        // The frame that was under way all the time: it is refused for good.
        await backend.send({ ...this.sent.get(id), session: backend.session, sent_at: Date.now() });
      }
      await wait(50);
    }
  }
}

describe.skipIf(skipsWithoutCompiler())('no order trades twice', () => {
  beforeAll(compileEa, 600_000);

  const limit = { timeout: timeLimit(lives, 4_000) };

  it('with repeats, delays, kills at each step and trouble with events', limit, async () => {
    const folder = tempDir().path;
    const backend = await stage.peer();
    backend.unheard = new Set(['positions', 'orders', 'deal', 'symbol', 'tick', 'telemetry']);
    const book = new Book();
    for (let life = 0; life < lives; life += 1) {
      const switches = {
        TICKS_MS: 1_000,
        ACCOUNT_MARGIN_MODE: 'netting',
        ACCOUNT_DEPOSIT: 100_000_000,
        ...troubles[life % troubles.length],
      };
      const { ea } = await stage.start({ folder, switches, inputs: { MissingS: 1, TimerMs: 10 } }, backend);
      await book.reconcile(backend);
      for (let place = 0; place < ordersALife; place += 1) {
        if (place === ordersALife - 1) await ea.control(`set ${deaths[life % deaths.length] ?? ''}`);
        const report = await book.fire(backend, `O_${String(life)}_${String(place)}`, place, ea.finished);
        if (report === undefined) break;
      }
      await ea.end('SIGKILL');
    }
    await stage.start({ folder, switches: { ACCOUNT_MARGIN_MODE: 'netting' }, inputs: { MissingS: 1 } }, backend);
    await book.reconcile(backend);

    const deals = new Map<string, number>();
    for (const { comment } of dealsIn(folder)) deals.set(comment, (deals.get(comment) ?? 0) + 1);
    const twice = [...deals].filter(([, count]) => count > 1);
    const wrong = [...book.states].filter(([id, state]) => (state === 'traded') !== ((deals.get(id) ?? 0) === 1));
    const open = [...book.states].filter(([, state]) => state === 'open');
    const { repeats, never } = book.counts;
    say(
      `EA: ${String(book.states.size)} orders, ${String(repeats)} sent twice, ${String(lives)} kills, ${String(never)} never seen and sent again, ${String(deals.size)} traded, ${String(twice.length)} twice, ${String(open.length)} without a state`,
    );
    expect({ twice, wrong, open }).toEqual({ twice: [], wrong: [], open: [] });
    expect(book.states.size).toBe(lives * ordersALife);
  });
});
