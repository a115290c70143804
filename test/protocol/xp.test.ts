import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldXp, noXp, xpPoints, type XpEvent, type XpReason, type XpState } from '../../src/domain/xp.ts';

function fold(events: XpEvent[], from: XpState = noXp): { state: XpState; awards: XpReason[] } {
  const awards: XpReason[] = [];
  let state = from;
  for (const event of events) {
    const next = foldXp(state, event);
    state = next.state;
    awards.push(...next.awards);
  }
  return { state, awards };
}

const executed = (day = '2026-06-01'): XpEvent => ({ kind: 'executed', day });
const event: fc.Arbitrary<XpEvent> = fc.oneof(
  fc.constantFrom('2026-06-01', '2026-06-02').map(executed),
  fc.constantFrom<XpEvent>(
    { kind: 'rejected' },
    { kind: 'profit', step: 5 },
    { kind: 'profit', step: 25 },
    { kind: 'margin_low' },
    { kind: 'margin_recovered' },
  ),
);

describe('experience points (R4)', () => {
  it('have the points of the rule', () => {
    expect(xpPoints).toEqual({
      execution: 5,
      first_execution: 10,
      first_of_day: 5,
      three_in_a_row: 15,
      five_in_a_row: 25,
      profit_5: 10,
      profit_10: 20,
      profit_25: 50,
      margin_recovered: 10,
    });
  });

  it('a row earns at three and at five, and only once until it is broken', () => {
    const row = Array.from({ length: 12 }, () => executed());
    const earned = (events: XpEvent[]): XpReason[] => fold(events).awards.filter((reason) => reason.endsWith('row'));
    expect(earned(row)).toEqual(['three_in_a_row', 'five_in_a_row']);
    expect(earned([...row, { kind: 'rejected' }, ...row.slice(0, 3)])).toEqual([
      'three_in_a_row',
      'five_in_a_row',
      'three_in_a_row',
    ]);
    expect(earned([executed(), executed(), { kind: 'rejected' }, executed(), executed()])).toEqual([]);
  });

  it('a result that comes on a later day is no first one of a day that is past', () => {
    const { awards } = fold([executed('2026-06-02'), executed('2026-06-01'), executed('2026-06-03')]);
    expect(awards.filter((reason) => reason === 'first_of_day')).toHaveLength(2);
  });

  it('are the same in one go and in parts, with a state that went through JSON', () => {
    fc.assert(
      fc.property(fc.array(event), fc.nat(), (events, cut) => {
        const at = cut % (events.length + 1);
        const first = fold(events.slice(0, at));
        const second = fold(events.slice(at), JSON.parse(JSON.stringify(first.state)) as XpState);
        const whole = fold(events);
        expect([...first.awards, ...second.awards]).toEqual(whole.awards);
        expect(second.state).toEqual(whole.state);
        const count = (reason: XpReason): number => whole.awards.filter((each) => each === reason).length;
        expect(count('execution')).toBe(events.filter(({ kind }) => kind === 'executed').length);
        for (const once of ['first_execution', 'profit_5', 'profit_25'] as const) {
          expect(count(once)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
