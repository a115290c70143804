import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireFrame } from '../../src/api/state/wireFrames.ts';
import { everyFrame, wireMatcher, type WireFilter } from '../../renderer/views/wire/wireFilter.ts';
import { WireRows } from '../../renderer/views/wire/wireRows.ts';
import { aFrame } from './aFrame.ts';

const some = (from: number, to: number): WireFrame[] =>
  Array.from({ length: to - from + 1 }, (_, index) => aFrame(from + index));
const numbers = (rows: WireRows): (number | undefined)[] =>
  Array.from({ length: rows.count }, (_, index) => rows.at(index)?.number);
const ticks: WireFilter = { ...everyFrame, hidden: new Set(['pong']) };
const never = (): number => 0;

describe('the rows of the wire log', () => {
  it('are the newest first, and no more than they may be', () => {
    const rows = new WireRows(3);
    rows.add(some(1, 2));
    expect(numbers(rows)).toEqual([2, 1]);
    rows.add(some(3, 5));
    expect(numbers(rows)).toEqual([5, 4, 3]);
    expect(rows.held).toBe(3);
    expect(rows.at(3)).toBeUndefined();
  });

  it('are those that a filter shows, of what is there and of what comes', () => {
    const rows = new WireRows(6);
    rows.add(some(1, 5));
    rows.show(ticks);
    rows.add(some(6, 7));
    expect(numbers(rows)).toEqual([6]);
    expect(rows.scanning).toBe(true);
    rows.scanOn(1, never);
    expect(rows.scanning).toBe(false);
    expect(numbers(rows)).toEqual([6, 4, 2]);
    rows.add(some(8, 9));
    expect(numbers(rows)).toEqual([8, 6, 4]);
    expect(rows.held).toBe(6);
  });

  it('are looked through a piece at a time', () => {
    const rows = new WireRows();
    rows.add(some(1, 1_200));
    rows.show(ticks);
    let time = 0;
    rows.scanOn(1, () => (time += 0.6));
    expect(rows.count).toBe(250);
    expect(rows.scanning).toBe(true);
    expect(rows.at(0)?.number).toBe(1_200);
  });

  it('are none after they were cleared, until more come', () => {
    const rows = new WireRows();
    rows.add(some(1, 4));
    rows.clear();
    expect([rows.held, rows.count]).toEqual([0, 0]);
    rows.add(some(5, 5));
    expect(numbers(rows)).toEqual([5]);
  });

  it('take no more memory than they may: long frames push out more', () => {
    const rows = new WireRows();
    rows.add(Array.from({ length: 5 }, (_, index) => aFrame(index + 1, { text: 'x'.repeat(6_000_000) })));
    expect(numbers(rows)).toEqual([5, 4]);
  });

  it('are right after any mix of arrivals, filters and searches', () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ ticks: fc.boolean() }),
      fc.constant({ scan: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const rows = new WireRows(7);
        let last = 0;
        let filter = everyFrame;
        for (const each of steps) {
          if ('add' in each) {
            rows.add(some(last + 1, last + each.add));
            last += each.add;
          } else if ('ticks' in each) {
            filter = each.ticks ? ticks : everyFrame;
            rows.show(filter);
          } else rows.scanOn(1, never);
        }
        rows.scanOn(1, never);
        const held = some(Math.max(1, last - 6), last);
        expect(numbers(rows)).toEqual(
          held
            .filter(wireMatcher(filter))
            .map(({ number }) => number)
            .reverse(),
        );
      }),
    );
  });
});

describe('the filter of the wire log', () => {
  const shows = (changes: Partial<WireFilter>, frame: Partial<WireFrame>): boolean =>
    wireMatcher({ ...everyFrame, ...changes })(aFrame(1, frame));

  it.each<[Partial<WireFilter>, Partial<WireFrame>, Partial<WireFrame>]>([
    [{ channel: 'command' }, { channel: 'command' }, { channel: 'feedback' }],
    [{ direction: 'out' }, { direction: 'out' }, { direction: 'in' }],
    [{ hidden: new Set(['tick']) }, { kind: 'new' }, { kind: 'tick' }],
    [{ orders: true }, { signalId: 'ONE' }, { signalId: null }],
    [{ text: 'xau' }, { text: '{"symbol":"XAUUSD"}' }, { text: '{"symbol":"EURUSD"}' }],
    [{ text: ' venom_1 ' }, { signalId: 'VENOM_1' }, { signalId: 'VENOM_2' }],
    [{ text: 'not valid' }, { note: 'The frame is not valid JSON' }, { note: null }],
    [{ text: '"a":1.5(' }, { text: '{"a":1.5(' }, { text: '{"a":125(' }],
    [{ text: 'É' }, { text: 'é' }, { text: 'e' }],
  ])('%j shows %j and not %j', (filter, shown, left) => {
    expect(shows(filter, shown)).toBe(true);
    expect(shows(filter, left)).toBe(false);
  });
});
