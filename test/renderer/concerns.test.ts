import { expect, it } from 'vitest';
import { alarmBadge, unacknowledged } from '../../renderer/views/alarms/concerns.ts';
import type { Alarm } from '../../src/api/state/alarms.ts';

const alarm = (level: Alarm['level'], at: number): Alarm => ({
  number: at,
  bridge: null,
  level,
  code: 'x',
  text: '',
  nextStep: '',
  count: 1,
  at,
  lastAt: at,
  acknowledged: null,
});

it('counts the alarms that nobody has taken note of, in the colour of the worst', () => {
  const noted = { ...alarm('critical', 1), acknowledged: { at: 2, by: 'ticket' } } as const;
  expect(unacknowledged([noted, alarm('notice', 3)])).toEqual([alarm('notice', 3)]);
  expect(alarmBadge([noted])).toBeNull();
  expect(alarmBadge([noted, alarm('notice', 3)])).toEqual({ count: 1, words: 'new', class: 'text-muted' });
  expect(alarmBadge([alarm('warning', 3), alarm('notice', 3)])).toEqual({
    count: 2,
    words: 'new',
    class: 'text-quiet',
  });
  expect(alarmBadge([alarm('critical', 1), alarm('warning', 3)])).toEqual({
    ...{ count: 2, words: 'new, 1 critical', class: 'text-down' },
  });
});
