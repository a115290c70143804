import type { Alarm } from '../../api/state/state.ts';

export interface AlarmText extends Pick<Alarm, 'level' | 'code' | 'text' | 'nextStep'> {
  /**
   * What it counts with where its text holds words of somebody outside, who could make it another one each time. Without
   * it a notice counts with its code; other alarms are of this desk's own orders, and each is listed.
   */
  family?: string;
}
