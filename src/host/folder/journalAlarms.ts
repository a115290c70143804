import type { AlarmText } from '../../controller/alarms/alarm.ts';

/** Alarms about the journal that a person must see before trading continues. */
export const journalAlarms = {
  /** @param why the end of a sentence */
  copy: (why: string): AlarmText => ({
    level: 'critical',
    code: 'restored_copy',
    text: `The journal in the data folder is not the one that this machine wrote last: ${why} The bridge starts disarmed. The kill switch is on.`,
    nextStep: 'Look in MT5 what was traded, then release the kill switch and arm the bridge yourself.',
  }),
  damaged: (fileName: string): AlarmText => ({
    level: 'critical',
    code: 'journal_set_aside',
    text: `The journal was damaged. It was set aside as ${fileName} in the data folder, and a new one begun. The bridge starts disarmed.`,
    nextStep: 'Orders from before are not in the list: look in MT5 what is open, then arm it yourself.',
  }),
  gone: (): AlarmText => ({
    level: 'critical',
    code: 'journal_gone',
    text: 'The journal that was in the data folder is gone, and a new one was begun. The bridge starts disarmed.',
    nextStep: 'Orders from before are not in the list: look in MT5 what is open, then arm it yourself.',
  }),
  stillKilled: (): AlarmText => ({
    level: 'critical',
    code: 'kill_switch',
    text: 'The kill switch is on, as it was when the former journal was lost.',
    nextStep: 'Find out why it was pressed, and release it when you want to trade again.',
  }),
  killUnknown: (): AlarmText => ({
    level: 'critical',
    code: 'kill_switch',
    text: 'The kill switch is on: its state before this start can’t be read.',
    nextStep: 'Look in MT5 what is open, and release it when you want to trade again.',
  }),
} as const;
