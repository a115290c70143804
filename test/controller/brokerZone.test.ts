import { describe, expect, it } from 'vitest';
import { BrokerZone } from '../../src/controller/account/brokerZone.ts';

const noon = Date.UTC(2026, 2, 3, 12);
const hourMs = 3_600_000;

/** Times of the broker, as v7 writes them. */
const written = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ');

describe("the broker's zone", () => {
  it('is known by two times of now that moved and agree', () => {
    const zone = new BrokerZone();
    zone.told(written(noon + 3 * hourMs - 2_000), noon);
    expect(zone.offsetMs).toBeNull();
    zone.told(written(noon + 3 * hourMs + 3_000), noon + 5_000);
    expect(zone.offsetMs).toBe(3 * hourMs);
    zone.forget();
    expect(zone.offsetMs).toBeNull();
  });

  it('goes along when the broker changes to summer time', () => {
    const zone = new BrokerZone();
    for (const [hours, ms] of [
      [2, 0],
      [2, 5_000],
      [3, 10_000],
      [3, 15_000],
    ] as const)
      zone.told(written(noon + hours * hourMs + ms), noon + ms);
    expect(zone.offsetMs).toBe(3 * hourMs);
  });

  it('stays unknown by a time that stands, as in a closed market', () => {
    const zone = new BrokerZone();
    for (const ms of [0, 5_000, 10_000]) zone.told(written(noon + 2 * hourMs), noon + ms);
    expect(zone.offsetMs).toBeNull();
  });

  it.each([
    ['no half hour away', noon + 2 * hourMs + 7 * 60_000],
    ['further than any zone', noon + 20 * hourMs],
  ])('stays unknown by times %s', (_, told) => {
    const zone = new BrokerZone();
    zone.told(written(told), noon);
    zone.told(written(told + 5_000), noon + 5_000);
    expect(zone.offsetMs).toBeNull();
  });

  it('stays unknown by what is no time of the broker', () => {
    const zone = new BrokerZone();
    for (const text of [undefined, '', '1756773488', '2026-03-03T12:00:00Z']) zone.told(text, noon);
    expect(zone.offsetMs).toBeNull();
  });
});
