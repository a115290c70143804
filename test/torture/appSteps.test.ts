import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { hasSignals, run } from '../support/processes.ts';
import { endpointsOf, fixedPorts, Undos, withJournal } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { readLedger, startLedgerEa } from './ledger.ts';
import { leftBehind, started } from './started.ts';
import { type Step, steps } from './steps.ts';
import type { OrderState } from '../../src/domain/orders/order.ts';

const undos = new Undos();
afterEach(() => undos.all());
afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

const rounds = times(1, 200);
/** Long enough for the EA to have noticed that the app is gone before it answers. */
const delayMs = 150;

interface Expected {
  /** Of the order in the journal that the dead app has left; null is none. */
  atDeath: OrderState | null;
  afterRestart: readonly (OrderState | null)[];
  /** How often the EA may have seen it. */
  reached: readonly number[];
}

const expected: Record<Step, Expected> = {
  'before the commit': { atDeath: null, afterRestart: [null], reached: [0] },
  'after the commit': { atDeath: 'sent', afterRestart: ['unknown'], reached: [0] },
  'inside the send': { atDeath: 'sent', afterRestart: ['unknown'], reached: [0] },
  // Sent means queued (S1). If it arrived, the result mostly waits in the EA (W16) and settles the order late.
  'after the send': { atDeath: 'sent', afterRestart: ['unknown', 'filled'], reached: [0, 1] },
  'while the EA works on it': { atDeath: 'sent', afterRestart: ['unknown', 'filled'], reached: [0, 1] },
  'before the feedback is journalled': { atDeath: 'sent', afterRestart: ['unknown'], reached: [1] },
  'after the feedback is journalled': { atDeath: 'filled', afterRestart: ['filled'], reached: [1] },
};

interface Death {
  step: Step;
  faultId: string;
  proofId: string;
  atDeath: OrderState | null;
  afterRestart: OrderState | null;
  reached: number;
  /** Of the start that followed. */
  nextStartedAt: number;
}

it.skipIf(!hasSignals)(
  `kill -9 at each step between journal and send, ${String(rounds)} times each`,
  { timeout: timeLimit(rounds * steps.length, 10_000) },
  async () => {
    const dataDir = undos.folder();
    const ports = await fixedPorts();
    const ea = await startLedgerEa(
      endpointsOf(ports),
      join(undos.folder(), 'ledger.ndjson'),
      '--delay-ms',
      String(delayMs),
    );
    undos.add(ea.end);
    const stateOf = (signalId: string): Promise<OrderState | null> =>
      withJournal(dataDir, ({ journal }) => journal.findSent('main', signalId)?.state ?? null);
    const live = async (life: string, step: Step | null): Promise<number> => {
      const startedAt = Date.now();
      const app = run([
        'test/torture/stepApp.ts',
        ...['--data-dir', dataDir, '--life', life],
        ...['--command', String(ports.command), '--telemetry', String(ports.telemetry)],
        ...(step === null ? [] : ['--step', step]),
      ]);
      started(app.child);
      undos.add(() => app.end('SIGKILL'));
      const { stderr } = await app.finished;
      const how = step === null ? { code: 0, signal: null } : { code: null, signal: 'SIGKILL' };
      expect(
        { code: app.child.exitCode, signal: app.child.signalCode },
        `${life} ${step ?? 'unharmed'}: ${stderr}`,
      ).toEqual(how);
      await ea.sync();
      return startedAt;
    };

    const deaths: Death[] = [];
    const finish = async (death: Death | undefined, nextStartedAt: number): Promise<void> => {
      if (death === undefined) return;
      death.afterRestart = await stateOf(death.faultId);
      death.nextStartedAt = nextStartedAt;
    };
    for (let number = 0; number < rounds * steps.length; number += 1) {
      const step = steps[number % steps.length] ?? 'before the commit';
      const life = `L${String(number)}`;
      const startedAt = await live(life, step);
      await finish(deaths.at(-1), startedAt);
      const faultId = `${life}_FAULT`;
      const atDeath = await stateOf(faultId);
      deaths.push({
        step,
        faultId,
        proofId: `${life}_PROOF`,
        atDeath,
        afterRestart: null,
        reached: 0,
        nextStartedAt: 0,
      });
    }
    await finish(deaths.at(-1), await live('LAST', null));

    const ledger = readLedger(ea.log);
    for (const death of deaths) death.reached = ledger.filter(({ signalId }) => signalId === death.faultId).length;
    const sentAfterwards = deaths.filter(({ faultId, nextStartedAt }) =>
      ledger.some(({ at, signalId }) => signalId === faultId && at >= nextStartedAt),
    );
    for (const step of steps) {
      const those = deaths.filter((death) => death.step === step);
      say(
        `killed ${step}: ${String(those.length)} times; ${tally(those.map(({ atDeath }) => atDeath))} at death, ` +
          `${tally(those.map(({ afterRestart }) => afterRestart))} after the restart; ` +
          `${String(those.filter(({ reached }) => reached > 0).length)} had reached the EA, ` +
          `${String(those.filter(({ reached }) => reached > 1).length)} twice, ` +
          `${String(those.filter((death) => sentAfterwards.includes(death)).length)} sent afterwards`,
      );
    }
    for (const death of deaths) {
      const { atDeath, afterRestart, reached } = expected[death.step];
      expect(death.atDeath, death.step).toBe(atDeath);
      expect(afterRestart, death.step).toContain(death.afterRestart);
      expect(reached, death.step).toContain(death.reached);
      if (death.reached === 0) expect(death.afterRestart, death.step).not.toBe('filled');
      // Orders flowed in the same life, and after the restart: that the others did not is no accident.
      expect(ledger.filter(({ signalId }) => signalId === death.proofId)).toHaveLength(1);
    }
    expect(ledger.filter(({ signalId }) => signalId === 'LAST_PROOF')).toHaveLength(1);
    expect(sentAfterwards).toEqual([]);
  },
);

function tally(states: (OrderState | null)[]): string {
  const counts = new Map<string, number>();
  for (const state of states) counts.set(state ?? 'absent', (counts.get(state ?? 'absent') ?? 0) + 1);
  return [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ');
}
