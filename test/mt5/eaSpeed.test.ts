import { afterEach, describe, expect, it } from 'vitest';
import { say, times } from '../torture/faults.ts';
import { EaPeer } from './eaPeer.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal } from './terminal.ts';
import { dealsIn } from './tradeShell.ts';

// How long an order takes from a backend through the EA to the broker and back, at a timer of 20 ms.

const timerMs = 20;
const orders = times(60, 1_000);

let backend: EaPeer | null = null;
let ea: Terminal | null = null;
afterEach(async () => {
  await ea?.end('SIGKILL');
  backend?.close();
});

describe.skipIf(skipsWithoutCompiler())('an order and its result', { timeout: 600_000 }, () => {
  it('take a period of the timer and 2 ms, at the median', async () => {
    backend = await EaPeer.open();
    const switches = { TICKS_MS: 100, ACCOUNT_DEPOSIT: 100_000_000 };
    ea = await backend.start({ switches, inputs: { TimerMs: timerMs } });
    const took: number[] = [];
    for (let order = 0; order < orders; order += 1) {
      const command = backend.order(`S_${String(order)}`, {
        action: order % 2 === 0 ? 'buy' : 'sell',
        lot: 0.01,
        sl: 0,
      });
      const report = backend.report(`S_${String(order)}`, backend.said.length);
      const from = performance.now();
      await backend.send(command);
      expect(await report).toMatchObject({ type: 'trade_result' });
      took.push(performance.now() - from);
      // Not in step with the timer.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * timerMs));
    }
    took.sort((a, b) => a - b);
    const at = (share: number): number => took[Math.floor(share * (took.length - 1))] ?? Number.NaN;
    say(
      `EA: ${String(orders)} orders and results at a timer of ${String(timerMs)} ms: p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`,
    );
    expect(dealsIn(ea.folder)).toHaveLength(orders);
    expect(at(0.5)).toBeLessThanOrEqual(timerMs + 2);
  });
});
