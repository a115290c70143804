import { describe, expect, it } from 'vitest';
import { BrokerClock } from '../../src/controller/account/brokerClock.ts';

const noon = Date.UTC(2026, 2, 3, 12);
const hourMs = 3_600_000;

/** Times of the broker, as v7 writes them. */
const written = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ');

describe("the broker's clock", () => {
  it('is known by two times of now that moved and agree', () => {
    const clock = new BrokerClock();
    clock.observeWritten(written(noon + 3 * hourMs - 2_000), noon);
    expect(clock.offsetMs).toBeNull();
    clock.observeWritten(written(noon + 3 * hourMs + 3_000), noon + 5_000);
    expect(clock.offsetMs).toBe(3 * hourMs);
    clock.forget();
    expect(clock.offsetMs).toBeNull();
  });

  it('goes along when the broker changes to summer time', () => {
    const clock = new BrokerClock();
    for (const [hours, ms] of [
      [2, 0],
      [2, 5_000],
      [3, 10_000],
      [3, 15_000],
    ] as const)
      clock.observeWritten(written(noon + hours * hourMs + ms), noon + ms);
    expect(clock.offsetMs).toBe(3 * hourMs);
  });

  it('stays unknown by a time that stands, as in a closed market', () => {
    const clock = new BrokerClock();
    for (const ms of [0, 5_000, 10_000]) clock.observeWritten(written(noon + 2 * hourMs), noon + ms);
    expect(clock.offsetMs).toBeNull();
  });

  it.each([
    ['no half hour away', noon + 2 * hourMs + 7 * 60_000],
    ['further than any zone', noon + 20 * hourMs],
  ])('stays unknown by times %s', (_, told) => {
    const clock = new BrokerClock();
    clock.observeWritten(written(told), noon);
    clock.observeWritten(written(told + 5_000), noon + 5_000);
    expect(clock.offsetMs).toBeNull();
  });

  it('stays unknown by what is no time of the broker', () => {
    const clock = new BrokerClock();
    for (const text of [undefined, '', '1756773488', '2026-03-03T12:00:00Z']) clock.observeWritten(text, noon);
    expect(clock.offsetMs).toBeNull();
  });

  it('is that of the bars where the EA sends their time, and a new connection must tell it again', () => {
    const clock = new BrokerClock();
    clock.observe((noon + 2 * hourMs) / 1000, noon);
    expect(clock.offsetMs).toBe(2 * hourMs);
    clock.forget();
    expect(clock.offsetMs).toBeNull();
    // Bars formed until the next timestamp keep their place.
    expect(clock.now(noon)).toBe(noon + 2 * hourMs);
    clock.observeWritten(written(noon + 3 * hourMs), noon);
    clock.observeWritten(written(noon + 3 * hourMs + 1_000), noon + 1_000);
    expect(clock.offsetMs).toBe(3 * hourMs);
    clock.observe((noon + 2 * hourMs) / 1000, noon);
    expect(clock.offsetMs).toBe(2 * hourMs);
  });
});
