import type { Alarm } from '../../api/state/alarms.ts';
import type { LeftOut } from './waitingRows.ts';

/** An alarm of the journal writer, which itself records the list of alarms. */
export type RecorderAlarm = Pick<Alarm, 'level' | 'code' | 'text' | 'nextStep'>;

/** Alarms about rows that a failing journal never got. */
export const recorderAlarms = {
  leavesOut: (): RecorderAlarm => ({
    level: 'warning',
    code: 'rows_left_out',
    text: "The journal can't be written, and more waits for it than can be kept: figures are left out, then notices, then signals, deals, refusals and results of no order. Orders that left, their results, kills and other alarms are kept.",
    nextStep:
      'Make room on the disk that holds the data folder. Leave the app running until it has written what it keeps.',
  }),
  wereLeftOut: (leftOut: LeftOut): RecorderAlarm => ({
    level: 'warning',
    code: 'rows_were_left_out',
    text: `While the journal couldn't be written, rows were left out of it: ${listed(leftOut)}. Orders that left, their results, kills and other alarms are complete.`,
    nextStep: 'Charts and exports have a gap there. Compare that time with MT5 where it matters.',
  }),
} as const;

function listed(leftOut: LeftOut): string {
  return [...leftOut].map(([group, count]) => `${String(count)} of ${group}`).join(', ');
}
