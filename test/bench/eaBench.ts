import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EaStage } from '../mt5/eaPeer.ts';
import { tempDir } from '../support/tempDir.ts';
import { quantile } from './rows.ts';

// An order from a backend through the compiled EA to the simulated broker and back, and the steps of the EA's timer: prints one line
// of JSON, in ms.

const timerMs = 20;
const orders = 1_000;

const stage = new EaStage();
const steps = join(tempDir().path, 'steps');
const { backend, ea } = await stage.start({
  // A netting account: a thousand open positions would be another measurement.
  switches: { ACCOUNT_MARGIN_MODE: 'netting', TICKS_MS: 100, ACCOUNT_DEPOSIT: 100_000_000, STEPS: steps },
  inputs: { TimerMs: timerMs },
});
const took: number[] = [];
for (let order = 0; order < orders; order += 1) {
  const action = order % 2 === 0 ? 'buy' : 'sell';
  const command = backend.order(`S_${String(order)}`, { action, lot: 0.01, sl: 0, tp: 0 });
  const from = performance.now();
  const { type } = await backend.fire(command);
  if (type !== 'trade_result') throw new Error(`Order ${String(order)} was not traded.`);
  took.push(performance.now() - from);
  // Not in step with the timer.
  await wait(Math.random() * 2 * timerMs);
}
await ea.end('SIGTERM');
const stepUs = readFileSync(steps, 'utf8').trim().split('\n').map(Number);
await stage.close();
process.stdout.write(
  JSON.stringify({
    timerMs,
    roundTrip: quantile(took, 0.5),
    step: quantile(stepUs, 0.99) / 1_000,
    steps: stepUs.length,
  }),
);
process.exit();
