import { StartFailure } from './startFailure.ts';

/** A stop that takes longer than this is cut short, so that the process ends within 2 s of the signal. */
const stopLimitMs = 1_500;

/** Starts something and stops it at SIGINT or SIGTERM, with exit code 0; a {@link StartFailure} is said, exit code 1. */
export async function runUntilStopped(start: () => Promise<{ stop: () => Promise<void> }>): Promise<void> {
  const signal = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  let running: { stop: () => Promise<void> };
  try {
    running = await start();
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  await signal;
  const limit = setTimeout(() => process.exit(0), stopLimitMs);
  await running.stop();
  clearTimeout(limit);
  process.exit(0);
}
