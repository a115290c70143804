import { setTimeout as wait } from 'node:timers/promises';

/** Waits until the condition gives something, looking every few milliseconds; throws after the limit. */
export async function until<T>(
  condition: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  what: string,
  limitMs = 20_000,
): Promise<T> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value !== null && value !== undefined && value !== false) return value;
    if (performance.now() > giveUpAt) throw new Error(`Waited ${String(limitMs)} ms in vain until ${what}.`);
    await wait(5);
  }
}
