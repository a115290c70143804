import fc from 'fast-check';
import { expect, it } from 'vitest';
import { say, times } from '../../torture/faults.ts';
import { Model } from './model.ts';
import { anyStep, type Step } from './steps.ts';
import { Subject } from './subject.ts';

const stepsWanted = times(20_000, 1_000_000);
const longest = 250;

/** Every way in which a fire can end here: a walk that never gets to one of them would prove nothing about it. */
const codes = [
  ...['sent', 'duplicate_id', 'kill_switch', 'no_ea', 'account_changed', 'disarmed', 'stale_telemetry'],
  ...['journal_failed', 'busy', 'duplicate_order', 'risk_unsettled'],
  ...['risk_open_trades', 'risk_trades_day', 'risk_trades_minute'],
];

/** What model and subject say to a step; nothing to most. */
type Said = [expected: unknown, seen: unknown];
const nothing: Said = [null, null];

/** Does one step on both. */
async function take(step: Step, model: Model, subject: Subject): Promise<Said> {
  switch (step.do) {
    case 'fire': {
      const { id, symbol, side } = step;
      const unknown = model.orders.filter(({ state }) => state === 'unknown').map((order) => order.id);
      const confirmed = step.confirm ? unknown : [];
      return [model.fire(id, symbol, side, confirmed), await subject.fire(id, symbol, side, confirmed)];
    }
    case 'settle':
      return [model.settle(step.id, step.found), subject.settle(step.id, step.found)];
    case 'arm':
      return [model.arm(), subject.arm()];
    case 'release':
      return [model.release(), subject.release()];
    case 'restart':
      if (!model.journalWorks) return nothing;
      model.restart();
      await subject.restart();
      return nothing;
    case 'connect':
    case 'disconnect':
    case 'heartbeat':
    case 'pong':
    case 'feedback':
    case 'answer':
      if (model.connected === (step.do === 'connect')) return nothing;
      byEa(step, model, subject);
      return nothing;
    default:
      bySurroundings(step, model, subject);
      return nothing;
  }
}

type EaStep = Step & { do: 'connect' | 'disconnect' | 'heartbeat' | 'pong' | 'feedback' | 'answer' };

function byEa(step: EaStep, model: Model, subject: Subject): void {
  switch (step.do) {
    case 'connect':
      model.connect(String(step.login));
      subject.connect(step.login);
      break;
    case 'disconnect':
      model.disconnect();
      subject.disconnect();
      break;
    case 'heartbeat':
      model.heartbeat();
      subject.bench.heartbeat();
      break;
    case 'pong':
      model.answerPings();
      subject.answerPings();
      break;
    case 'feedback':
    case 'answer': {
      const id = step.do === 'feedback' ? step.id : (model.orders.at(-1)?.id ?? 'NEVER_SENT');
      model.feedback(id, step.answer);
      subject.feedback(id, step.answer);
      break;
    }
  }
}

type OtherStep = Exclude<Step, EaStep | { do: 'fire' | 'settle' }>;

function bySurroundings(step: OtherStep, model: Model, subject: Subject): void {
  const { clock, controller } = subject.bench;
  switch (step.do) {
    case 'advance':
      model.advance(step.ms);
      clock.advance(step.ms);
      break;
    case 'jump':
      clock.jump(step.ms);
      // Whoever asks for the state has the day looked at.
      controller.snapshot();
      clock.advance(250);
      model.jump(step.ms);
      break;
    case 'disarm':
      model.armed = false;
      subject.trading.disarm(null);
      break;
    case 'kill':
      model.kill();
      controller.kill('ticket');
      break;
    case 'accept':
      if (!model.connected) break;
      model.accept();
      subject.trading.identity.accept('ticket');
      break;
    case 'fail journal':
      if (!model.journalWorks) break;
      model.journalWorks = false;
      model.advance(100);
      subject.failJournal();
      break;
    case 'mend journal':
      if (model.journalWorks) break;
      model.journalWorks = true;
      model.advance(250);
      subject.mendJournal();
      break;
    case 'arm':
    case 'release':
    case 'restart':
      throw new Error(`${step.do} is done elsewhere.`);
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
  say(`model: ${String(steps)} steps, 0 divergences; fired: ${outcomes}`);
  expect([...counted.keys()]).toEqual(expect.arrayContaining(codes));
}, 0);
