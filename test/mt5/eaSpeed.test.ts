import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { say, times } from '../torture/faults.ts';
import { tempDir } from '../support/tempDir.ts';
import { EaPeer } from './eaPeer.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal } from './terminal.ts';
import { dealsIn } from './tradeShell.ts';

// How long an order takes from a backend through the EA to the broker and back, at a timer of 20 ms.

const timerMs = 20;
const orders = times(60, 1_000);

/** The value below which so much of all lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

let backend: EaPeer | null = null;
let ea: Terminal | null = null;
afterEach(async () => {
  await ea?.end('SIGKILL');
  backend?.close();
});

describe.skipIf(skipsWithoutCompiler())('an order and its result', { timeout: 600_000 }, () => {
  it('take a period of the timer and 2 ms at the median, and a step of the timer at most 5 ms at p99', async () => {
    backend = await EaPeer.open();
    const steps = join(tempDir().path, 'steps');
    const switches = { TICKS_MS: 100, ACCOUNT_DEPOSIT: 100_000_000, STEPS: steps };
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
    const deals = dealsIn(ea.folder);
    await ea.end('SIGTERM');
    const stepUs = readFileSync(steps, 'utf8').trim().split('\n').map(Number);
    const [p50, p99, step99] = [quantile(took, 0.5), quantile(took, 0.99), quantile(stepUs, 0.99) / 1_000];
    say(
      `EA: ${String(orders)} orders and results at a timer of ${String(timerMs)} ms: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; of ${String(stepUs.length)} steps of the timer p99 ${step99.toFixed(2)} ms`,
    );
    expect(deals).toHaveLength(orders);
    expect(p50).toBeLessThanOrEqual(timerMs + 2);
    expect(step99).toBeLessThanOrEqual(5);
  });
});
