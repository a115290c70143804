import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTimeZone, tradingDay, tradingDaySpan } from '../../src/domain/tradingDay.ts';

const at = (iso: string): number => Date.parse(iso);
const hour = 3_600_000;

describe('the trading day', () => {
  it.each([
    // zone, starts at, instant, day
    ['UTC', '00:00', '2025-09-15T00:00:00.000Z', '2025-09-15'],
    ['UTC', '00:00', '2025-09-14T23:59:59.999Z', '2025-09-14'],
    ['UTC', '22:00', '2025-09-15T21:59:59.999Z', '2025-09-14'],
    ['UTC', '22:00', '2025-09-15T22:00:00.000Z', '2025-09-15'],
    ['UTC', '00:00', '2024-02-29T12:00:00.000Z', '2024-02-29'],
    ['UTC', '12:00', '2024-03-01T11:59:00.000Z', '2024-02-29'],
    ['UTC', '00:00', '1969-12-31T23:59:59.999Z', '1969-12-31'],
    ['Asia/Kolkata', '00:00', '2025-09-14T18:29:59.999Z', '2025-09-14'],
    ['Asia/Kolkata', '00:00', '2025-09-14T18:30:00.000Z', '2025-09-15'],
    ['Asia/Kolkata', '09:15', '2025-09-15T03:44:59.999Z', '2025-09-14'],
    ['Asia/Kolkata', '09:15', '2025-09-15T03:45:00.000Z', '2025-09-15'],
    ['Europe/Berlin', '00:00', '2025-03-29T22:59:59.999Z', '2025-03-29'],
    ['Europe/Berlin', '00:00', '2025-03-29T23:00:00.000Z', '2025-03-30'],
    ['Europe/Berlin', '00:00', '2025-03-30T21:59:59.999Z', '2025-03-30'],
    ['Europe/Berlin', '00:00', '2025-03-30T22:00:00.000Z', '2025-03-31'],
    ['Europe/Berlin', '00:00', '2025-10-26T22:59:59.999Z', '2025-10-26'],
    ['Europe/Berlin', '00:00', '2025-10-26T23:00:00.000Z', '2025-10-27'],
    // The FX day, New York 17:00: 21:00 UTC in summer, 22:00 UTC in winter.
    ['America/New_York', '17:00', '2025-03-08T21:59:59.999Z', '2025-03-07'],
    ['America/New_York', '17:00', '2025-03-08T22:00:00.000Z', '2025-03-08'],
    ['America/New_York', '17:00', '2025-03-09T20:59:59.999Z', '2025-03-08'],
    ['America/New_York', '17:00', '2025-03-09T21:00:00.000Z', '2025-03-09'],
    ['America/New_York', '17:00', '2025-11-01T21:00:00.000Z', '2025-11-01'],
    ['America/New_York', '17:00', '2025-11-02T21:59:59.999Z', '2025-11-01'],
    ['America/New_York', '17:00', '2025-11-02T22:00:00.000Z', '2025-11-02'],
    ['Pacific/Kiritimati', '00:00', '2025-01-01T10:00:00.000Z', '2025-01-02'],
    ['Pacific/Pago_Pago', '00:00', '2025-01-01T10:59:59.999Z', '2024-12-31'],
    ['Asia/Kathmandu', '00:00', '2025-01-01T18:15:00.000Z', '2025-01-02'],
    ['Australia/Lord_Howe', '00:00', '2025-04-06T13:30:00.000Z', '2025-04-07'],
  ])('of %s from %s holds %s in %s', (timeZone, startsAt, instant, date) => {
    expect(tradingDay(at(instant), { timeZone, startsAt })).toBe(date);
  });

  it('that begins in the skipped hour begins at the jump', () => {
    const day = { timeZone: 'Europe/Berlin', startsAt: '02:30' };
    expect(tradingDay(at('2025-03-30T00:59:59.999Z'), day)).toBe('2025-03-29');
    expect(tradingDaySpan(at('2025-03-30T01:00:00Z'), day)).toEqual({
      date: '2025-03-30',
      from: at('2025-03-30T01:00:00Z'),
      until: at('2025-03-31T00:30:00Z'),
    });
  });

  it('that begins in the repeated hour begins the first time, once', () => {
    const day = { timeZone: 'Europe/Berlin', startsAt: '02:30' };
    expect(tradingDay(at('2025-10-26T00:29:59.999Z'), day)).toBe('2025-10-25');
    expect(tradingDay(at('2025-10-26T00:30:00Z'), day)).toBe('2025-10-26');
    expect(tradingDay(at('2025-10-26T01:15:00Z'), day), '02:15 once more').toBe('2025-10-26');
    expect(tradingDay(at('2025-10-27T01:29:59.999Z'), day)).toBe('2025-10-26');
  });

  it('is not brought back by a clock that is put back over midnight', () => {
    // St John's put its clocks from 00:01 back to 23:01 of the day before.
    const day = { timeZone: 'America/St_Johns', startsAt: '00:00' };
    expect(tradingDay(at('2010-11-07T02:30:30Z'), day)).toBe('2010-11-07');
    expect(tradingDay(at('2010-11-07T03:00:00Z'), day)).toBe('2010-11-07');
    expect(tradingDay(at('2010-11-07T02:29:59.999Z'), day)).toBe('2010-11-06');
  });

  it('leaves out the day that Samoa left out', () => {
    const day = { timeZone: 'Pacific/Apia', startsAt: '00:00' };
    expect(tradingDay(at('2011-12-30T09:59:59.999Z'), day)).toBe('2011-12-29');
    expect(tradingDay(at('2011-12-30T10:00:00Z'), day)).toBe('2011-12-31');
  });

  it('lasts 23, 24 or 25 hours, and says so', () => {
    const day = { timeZone: 'America/New_York', startsAt: '17:00' };
    const hours = (instant: string): number => {
      const { from, until } = tradingDaySpan(at(instant), day);
      return (until - from) / hour;
    };
    expect(hours('2025-03-09T12:00:00Z')).toBe(23);
    expect(hours('2025-06-10T12:00:00Z')).toBe(24);
    expect(hours('2025-11-02T12:00:00Z')).toBe(25);
  });

  it('does not depend on what was asked before', () => {
    const day = { timeZone: 'Europe/Berlin', startsAt: '00:00' };
    const instants = ['2025-03-30T12:00:00Z', '2025-03-29T12:00:00Z', '2025-10-26T12:00:00Z', '2025-03-30T12:00:00Z'];
    expect(instants.map((instant) => tradingDay(at(instant), day))).toEqual(
      instants.map((instant) => instant.slice(0, 10)),
    );
    expect(tradingDay(at('2025-03-30T12:00:00Z'), { ...day, startsAt: '20:00' })).toBe('2025-03-29');
  });

  it("throws for a time that isn't one", () => {
    expect(() => tradingDay(Number.NaN, { timeZone: 'UTC', startsAt: '00:00' })).toThrow(RangeError);
  });

  it('knows IANA zones', () => {
    expect(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'].map(isTimeZone)).toEqual(
      Array.from({ length: 4 }, () => true),
    );
    expect(['', 'Mars/Olympus', '+02:00', 'Europe/Berlin '].map(isTimeZone)).toEqual(
      Array.from({ length: 4 }, () => false),
    );
  });
});

describe('trading days of any zone', () => {
  const startsAt = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const instant = fc.integer({ min: at('1972-01-01T00:00:00Z'), max: at('2037-01-01T00:00:00Z') });

  it('follow each other without a gap, and their dates in order', () => {
    fc.assert(
      fc.property(zone, startsAt, instant, (timeZone, start, time) => {
        const day = { timeZone, startsAt: start };
        const span = tradingDaySpan(time, day);
        expect(span.from).toBeLessThanOrEqual(time);
        expect(span.until).toBeGreaterThan(time);
        const next = tradingDaySpan(span.until, day);
        expect(next.from).toBe(span.until);
        expect(next.date > span.date).toBe(true);
        const before = tradingDaySpan(span.from - 1, day);
        expect(before.until).toBe(span.from);
        expect(before.date < span.date).toBe(true);
        expect(tradingDay(span.until - 1, day)).toBe(span.date);
      }),
      { numRuns: 3000 },
    );
  });

  it("are the zone's date, or the one before while its clock has not reached the start", () => {
    fc.assert(
      fc.property(zone, startsAt, instant, (timeZone, start, time) => {
        const day = { timeZone, startsAt: start };
        const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
        const [date = '', local = ''] = clock.format(time).split(' ');
        const previous = new Date(at(`${date}T00:00:00Z`) - 24 * hour).toISOString().slice(0, 10);
        const plain = local >= start ? date : previous;
        // A clock that was put back does not bring the day back.
        const wasPutBack = tradingDay(time, day) !== plain;
        if (wasPutBack) expect(tradingDay(time, day) > plain).toBe(true);
        else expect(tradingDay(time, day)).toBe(plain);
        expect(wasPutBack && offsetHours(time, timeZone) >= offsetHours(time - 24 * hour, timeZone)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  function offsetHours(time: number, timeZone: string): number {
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    return (at(`${clock.format(time).replace(' ', 'T')}Z`) - time) / hour;
  }
});
