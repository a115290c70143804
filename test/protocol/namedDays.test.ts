import { describe, expect, it } from 'vitest';
import { namedDays } from '../../src/domain/namedDays.ts';

describe('days by name', () => {
  it.each([
    ['today', '2026-03-01', '2026-03-01'],
    ['yesterday', '2026-02-28', '2026-02-28'],
    ['week', '2026-03-01', '2026-03-01'],
    ['month', '2026-03-01', '2026-03-01'],
    ['year', '2026-01-01', '2026-03-01'],
    ['lastYear', '2025-01-01', '2025-12-31'],
  ] as const)('%s of a Sunday that begins a month', (name, from, to) => {
    expect(namedDays(name, '2026-03-01')).toEqual({ from, to });
  });

  it('of the first day of a year are in the year before, or begin with it', () => {
    expect(namedDays('yesterday', '2026-01-01')).toEqual({ from: '2025-12-31', to: '2025-12-31' });
    expect(namedDays('week', '2026-01-01')).toEqual({ from: '2025-12-28', to: '2026-01-01' });
    expect(namedDays('year', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-01-01' });
  });
});
