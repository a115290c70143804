import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Model } from './model.ts';
import { anyStep, type Step } from './steps.ts';
import { Subject } from './subject.ts';

const full = process.env['BITTEN_TORTURE'] === 'full';
const stepsWanted = full ? 1_000_000 : 20_000;
const longest = 250;

/** Every way in which a fire can end here: a walk that never gets to one of them would prove nothing about it. */
const codes = [
  ...['sent', 'duplicate_id', 'kill_switch', 'no_ea', 'account_changed', 'disarmed', 'stale_telemetry'],
  ...['journal_failed', 'busy', 'duplicate_order', 'risk_unsettled'],
  ...['risk_open_trades', 'risk_trades_day', 'risk_trades_minute'],
];

/** Does one step on both. @returns what each of them says to it */
async function take(step: Step, model: Model, subject: Subject): Promise<[unknown, unknown]> {
  const { bench } = subject;
  switch (step.do) {
    case 'advance':
      return [model.advance(step.ms), bench.clock.advance(step.ms)];
    case 'connect':
      return model.connected ? [0, 0] : [model.connect(`${String(step.login)}`), subject.connect(step.login)];
    case 'disconnect':
      return model.connected ? [model.disconnect(), subject.disconnect()] : [0, 0];
    case 'heartbeat':
      return model.connected ? [model.heartbeat(), bench.heartbeat()] : [0, 0];
    case 'pong':
      return model.connected ? [model.answerPings(), subject.answerPings()] : [0, 0];
    case 'fire': {
      const { id, symbol, side } = step;
      const unknown = model.orders.filter(({ state }) => state === 'unknown').map((order) => order.id);
      const confirmed = step.confirm ? unknown : [];
      return [model.fire(id, symbol, side, confirmed), await subject.fire(id, symbol, side, confirmed)];
    }
    case 'feedback':
      return model.connected ? [model.feedback(step.id, step.answer), subject.feedback(step.id, step.answer)] : [0, 0];
    case 'answer': {
      const id = model.orders.at(-1)?.id ?? 'NEVER_SENT';
      return model.connected ? [model.feedback(id, step.answer), subject.feedback(id, step.answer)] : [0, 0];
    }
    case 'settle':
      return [model.settle(step.id, step.found), subject.settle(step.id, step.found)];
    case 'arm':
      return [model.arm(), subject.arm()];
    case 'disarm':
      model.armed = false;
      return [undefined, subject.trading.disarm(null)];
    case 'kill':
      return [model.kill(), bench.controller.kill('ticket')];
    case 'release':
      model.killed = false;
      return [undefined, bench.controller.release('ticket')];
    case 'accept':
      model.accept();
      return [undefined, model.connected ? subject.trading.identity.accept('ticket') : undefined];
    case 'jump':
      bench.clock.jump(step.ms);
      return [model.jump(step.ms), bench.clock.advance(250)];
    case 'fail journal':
      if (!model.journalWorks) return [0, 0];
      model.journalWorks = false;
      return [model.advance(100), subject.failJournal()];
    case 'mend journal':
      if (model.journalWorks) return [0, 0];
      model.journalWorks = true;
      return [model.advance(250), subject.mendJournal()];
    case 'restart':
      if (!model.journalWorks) return [0, 0];
      return [model.restart(), await subject.restart()];
  }
}

it('does what an independent model of states, guards and limits says', async () => {
  let steps = 0;
  const counted = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: longest, size: 'max' }), async (walk) => {
      const subject = new Subject();
      const model = new Model(subject.bench.clock.now());
      for (const step of [{ do: 'connect', login: 1 } as const, ...walk]) {
        const [expected, seen] = await take(step, model, subject);
        expect(seen, JSON.stringify(step)).toEqual(expected);
        if (typeof expected === 'string') counted.set(expected, (counted.get(expected) ?? 0) + 1);
        subject.take();
        const states = Object.fromEntries(model.orders.map(({ id, state }) => [id, state]));
        expect(subject.states(), JSON.stringify(step)).toEqual(states);
        expect(subject.armed, JSON.stringify(step)).toBe(model.armed);
        expect(new Set(subject.delivered).size).toBe(subject.delivered.length);
        expect(subject.delivered).toEqual(model.orders.map(({ id }) => id));
        steps += 1;
      }
      await subject.bench.controller.stop();
    }),
    { numRuns: Math.ceil(stepsWanted / 125) },
  );
  const outcomes = [...counted].map(([code, count]) => `${code} ${String(count)}`).join(', ');
  process.stdout.write(`model: ${String(steps)} steps, 0 divergences; fired: ${outcomes}\n`);
  expect([...counted.keys()]).toEqual(expect.arrayContaining(codes));
}, 0);
