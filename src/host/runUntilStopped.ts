import { StartFailure } from './machine/startFailure.ts';

/** A stop that takes longer than this is cut short, so that the process ends within 2 s of the signal. */
const stopLimitMs = 1_500;

/**
 * Starts an app and stops it at SIGINT or SIGTERM, with exit code 0. A {@link StartFailure} or a failed stop is printed, with
 * exit code 1.
 */
export async function runUntilStopped(
  start: () => Promise<{ stop: () => Promise<void> }>,
  say: (sentence: string) => void,
): Promise<void> {
  const signal = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  let running: { stop: () => Promise<void> };
  try {
    running = await start();
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    say(error.message);
    process.exit(1);
  }
  await signal;
  const limit = setTimeout(() => process.exit(0), stopLimitMs);
  let code = 0;
  try {
    await running.stop();
  } catch (error) {
    say(`Not everything could be stopped cleanly: ${String(error)}`);
    code = 1;
  }
  clearTimeout(limit);
  process.exit(code);
}
