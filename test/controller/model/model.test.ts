import fc from 'fast-check';
import { expect, it } from 'vitest';
import { say, times } from '../../torture/faults.ts';
import { examples } from './examples.ts';
import { Model } from './model.ts';
import { bridgeIds, type BridgeId } from './modelOrder.ts';
import { anyWalk, symbols, type Step } from './steps.ts';
import { Subject } from './subject.ts';
import { Walk } from './walk.ts';

const stepsWanted = times(20_000, 1_000_000);

/** Every way in which a fire can end here, and what happens by itself: a walk that never gets to one of them would prove nothing about it. */
const codes = [
  ...['sent', 'duplicate_id', 'kill_switch', 'no_ea', 'account_changed', 'disarmed', 'stale_telemetry'],
  ...['journal_failed', 'busy', 'duplicate_order', 'risk_unsettled', 'expired'],
  ...['risk_open_trades', 'risk_trades_day', 'risk_trades_minute', 'risk_daily_loss', 'risk_drawdown'],
  ...['other names', 'nothing happened', 'positions agree', 'positions agreed', 'rises', 'rises after all'],
];

const first: Step[] = bridgeIds.map((bridge) => ({ do: 'connect', bridge, account: 1, tells: 'both', equity: 3_000 }));

/** So many orders on paper, and then a start without the paper EA: the next real orders have the same numbers. */
function earlier(count: number, others: BridgeId[]): Step[] {
  const bridge = 'paper';
  const orders = Array.from({ length: count }, (_, index): Step[] => [
    { do: 'ready', bridge },
    {
      ...{ do: 'fire', bridge, id: `ID_${String(index + 1)}`, symbol: symbols[index] ?? '', side: 'buy' },
      ...{ confirm: false, commitMs: 0, during: [] },
    },
    { do: 'answer', bridge, answer: index % 2 === 0 ? 'unclear' : 'filled' },
  ]);
  return count === 0 ? [] : [...orders.flat(), { do: 'restart', bridges: others.filter((id) => id !== bridge) }];
}

it('does what an independent model of states, guards and limits says', async () => {
  let steps = 0;
  let diverged = false;
  const counted = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(bridgeIds.slice(1)),
      fc.constantFrom(0, 0, 3),
      anyWalk,
      async (others, onPaper, walk) => {
        const ids: BridgeId[] = onPaper > 0 ? ['main', 'paper'] : ['main', ...others];
        const subject = new Subject(ids);
        const count = (what: string): void => void counted.set(what, (counted.get(what) ?? 0) + 1);
        const model = new Model(subject.clock.now(), ids, count);
        const both = new Walk(model, subject, count);
        for (const step of [...earlier(onPaper, others), ...first, ...walk]) {
          await both.take(step).catch((error: unknown) => {
            const why = error instanceof Error ? error.message : String(error);
            const of = `${JSON.stringify(step)} of ${JSON.stringify([others, onPaper, walk])}`;
            if (!diverged) say(`model: diverges at step ${String(steps + 1)}: ${why}; ${of}`);
            diverged = true;
            throw error;
          });
          steps += 1;
        }
        await subject.controller.stop();
      },
    ),
    { numRuns: Math.ceil(stepsWanted / 135), examples },
  );
  const outcomes = [...counted].map(([code, count]) => `${code} ${String(count)}`).join(', ');
  say(`model: ${String(steps)} steps, 0 divergences; ${outcomes}`);
  expect([...counted.keys()]).toEqual(expect.arrayContaining(codes));
}, 0);
