import { afterEach, describe, expect, it } from 'vitest';
import { say, timeLimit, times } from '../torture/faults.ts';
import { tempDir } from '../support/tempDir.ts';
import { startEa } from './deskEa.ts';
import { EaPeer, type Said } from './eaPeer.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal } from './terminal.ts';
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

let backend: EaPeer | null = null;
let ea: Terminal | null = null;
afterEach(async () => {
  await ea?.end('SIGKILL');
  backend?.close();
});

/** What is known of an order by its reports. */
function stateOf(report: Said | undefined): 'traded' | 'not traded' | 'open' {
  if (report === undefined) return 'open';
  return report.type === 'trade_result' ? 'traded' : report['code'] === 'unknown' ? 'open' : 'not traded';
}

describe.skipIf(skipsWithoutCompiler())('no order trades twice', () => {
  it(
    'with repeats, delays, kills at each step and trouble with events',
    { timeout: timeLimit(lives, 4_000) },
    async () => {
      const folder = tempDir().path;
      backend = await EaPeer.open();
      const states = new Map<string, ReturnType<typeof stateOf>>();
      const sent = new Map<string, Record<string, unknown>>();
      let kills = 0;
      let repeats = 0;
      let never = 0;
      for (let life = 0; life < lives; life += 1) {
        const switches = { TICKS_MS: 1_000, ACCOUNT_DEPOSIT: 100_000_000, ...troubles[life % troubles.length] };
        const options = { folder, switches, inputs: { MissingS: 1, TimerMs: 10 } };
        const running = await backend.start(options);
        ea = running;
        // What the lives before have left open is asked for.
        const asked = [...states].filter(([, state]) => state === 'open').map(([id]) => id);
        for (let ask = 0; asked.length > 0 && ask < 200; ask += 1) {
          const answers = await backend.reconcile(
            ...asked.map((id) => ({
              id,
              session: String(sent.get(id)?.['session']),
              sentAt: Number(sent.get(id)?.['sent_at']),
            })),
          );
          for (const { signal_id: id = '', state, result } of answers) {
            if (state === 'never_seen') never += 1;
            const known = state === 'never_seen' ? 'not traded' : state === 'result' ? stateOf(result as Said) : 'open';
            states.set(id, known);
            if (known !== 'open') asked.splice(asked.indexOf(id), 1);
            // The frame that was under way all the time: it is refused for good.
            if (state === 'never_seen')
              await backend.send({ ...sent.get(id), session: backend.session, sent_at: Date.now() });
          }
          if (asked.length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
        }
        for (let order = 0; order < ordersALife; order += 1) {
          const id = `O_${String(life)}_${String(order)}`;
          const command = backend.order(id, {
            action: order % 2 === 0 ? 'buy' : 'sell',
            lot: 0.01,
            sl: 0,
            tp: 0,
            expires_ms: 60_000,
          });
          const isLast = order === ordersALife - 1;
          if (isLast) await running.control(`set ${deaths[life % deaths.length] ?? ''}`);
          const from = backend.said.length;
          sent.set(id, command);
          states.set(id, 'open');
          await backend.send(command).catch(() => undefined);
          if (order % 3 === 0) {
            repeats += 1;
            await backend.send(command).catch(() => undefined);
          }
          const report = await Promise.race([backend.report(id, from), running.finished.then(() => undefined)]);
          states.set(id, stateOf(report));
          if (report === undefined) break;
        }
        await running.end('SIGKILL');
        kills += 1;
      }
      // The last life's order too.
      const last = await startEa(backend.endpoints, { folder, inputs: { MissingS: 1 } });
      ea = last;
      await backend.heard(({ type, store }) => type === 'hello' && store === 'intact', 0, 'the EA says hello');
      await backend.welcome();
      const asked = [...states].filter(([, state]) => state === 'open').map(([id]) => id);
      for (const id of asked) {
        for (let ask = 0; ask < 100 && states.get(id) === 'open'; ask += 1) {
          const [answer] = await backend.reconcile({
            ...{ id, session: String(sent.get(id)?.['session']), sentAt: Number(sent.get(id)?.['sent_at']) },
          });
          if (answer?.['state'] === 'never_seen') states.set(id, 'not traded');
          else if (answer?.['state'] === 'result') states.set(id, stateOf(answer['result'] as Said));
          else await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      const deals = new Map<string, number>();
      for (const { comment } of dealsIn(folder)) deals.set(comment, (deals.get(comment) ?? 0) + 1);
      const twice = [...deals].filter(([, count]) => count > 1);
      const wrong = [...states].filter(([id, state]) => (state === 'traded') !== ((deals.get(id) ?? 0) === 1));
      const open = [...states].filter(([, state]) => state === 'open');
      say(
        `EA: ${String(states.size)} orders, ${String(repeats)} sent twice, ${String(kills)} kills, ${String(never)} never seen and sent again, ${String(deals.size)} traded, ${String(twice.length)} twice, ${String(open.length)} without a state`,
      );
      expect({ twice, wrong, open }).toEqual({ twice: [], wrong: [], open: [] });
      expect(states.size).toBe(lives * ordersALife);
    },
  );
});
