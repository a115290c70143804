import type { Alarm } from '../../api/state/alarms.ts';

export interface AlarmText extends Pick<Alarm, 'level' | 'code' | 'text' | 'nextStep'> {
  /**
   * Key under which alarms with outside text in them are counted, since that text could differ each time. Left out:
   * notices count by their code; other alarms concern the desk's own orders and are listed one by one.
   */
  family?: string;
}
