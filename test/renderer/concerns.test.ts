import { expect, it } from 'vitest';
import { criticalSince, newestOf } from '../../renderer/views/alarms/concerns.ts';
import type { Alarm } from '../../src/api/state/state.ts';

const alarm = (level: Alarm['level'], at: number, lastAt = at): Alarm => ({
  number: at,
  bridge: null,
  level,
  code: 'x',
  text: '',
  nextStep: '',
  count: 1,
  at,
  lastAt,
});

it('counts critical alarms that came, or came again, since the list was looked at', () => {
  const alarms = [alarm('critical', 1), alarm('critical', 2, 9), alarm('warning', 10)];
  expect([criticalSince(alarms, 0), criticalSince(alarms, 5), criticalSince(alarms, 9)]).toEqual([2, 1, 0]);
  expect([newestOf(alarms), newestOf([])]).toEqual([10, 0]);
});
