import { describe, expect, it } from 'vitest';
import type { LinkSpan } from '../../src/api/state/connectionHistory.ts';
import { drawnFrom, reconnectsOf, spanText } from '../../renderer/views/proof/historyWords.ts';

const span = (state: LinkSpan['state'], from: number, to: number, drops = 0): LinkSpan => ({ state, from, to, drops });

describe('the words of the connection history', () => {
  it('counts how often an EA came back', () => {
    expect(reconnectsOf([])).toBe(0);
    expect(reconnectsOf([span('up', 0, 1), span('down', 1, 2, 1)])).toBe(0);
    expect(reconnectsOf([span('up', 0, 1), span('down', 1, 2, 1), span('up', 2, 3)])).toBe(1);
    expect(reconnectsOf([span('up', 0, 1, 7)])).toBe(7);
  });

  it('says a stretch of time', () => {
    expect(spanText(span('down', 0, 65_000, 2))).toMatch(/: down for 1 min, 2 connections lost$/);
    expect(spanText(span('off', 0, 5_000))).toMatch(/: desk not running for 5 s$/);
  });

  it('is drawn from where the records begin, but never less than a quarter of an hour', () => {
    const minute = 60_000;
    const to = 1_440 * minute;
    const channels = (from: number) => ({ command: [span('up', from, to)], telemetry: [], feedback: [] });
    expect(drawnFrom({ from: 0, to, channels: channels(to - minute) })).toBe(to - 15 * minute);
    expect(drawnFrom({ from: 0, to, channels: channels(to - 60 * minute) })).toBe(to - 60 * minute);
    expect(drawnFrom({ from: 0, to, channels: channels(0) })).toBe(0);
  });
});
