import type { Recovery } from './config.ts';
import { clipped, type UnknownSetting } from './unknownSettings.ts';
import type { AlarmText } from '../../controller/alarms/alarm.ts';

/** Most unknown settings that an alarm names. */
const mostNamed = 20;

/** Alarms of a start about the settings that were found. */
export const settingsAlarms = {
  /** @param aside new name of an unreadable config.json */
  recovered: ({ from, why }: Recovery, aside: string | null): AlarmText => ({
    level: 'critical',
    code: 'settings_recovered',
    text: `The settings in config.json can't be used: ${why}. ${
      from === null
        ? 'There is no good copy of them: limits are taken from the journal, the stop unit is not set, everything else is as at a first start.'
        : `The last good copy, ${from}, was taken instead.`
    }${aside === null ? '' : ` The file is now ${aside} in the data folder.`} The bridge starts disarmed.`,
    nextStep: 'Look whether limits, stop unit, ports and engines are right, then arm it yourself.',
  }),
  unknown: (settings: readonly UnknownSetting[]): AlarmText => {
    const misspelt = settings.some(({ meant }) => meant !== null);
    // Probably misspelt ones first: a person has to mend them.
    const named = [...settings].sort((one, other) => Number(one.meant === null) - Number(other.meant === null));
    const names = named
      .slice(0, mostNamed)
      .map(({ path, meant }) => `"${clipped(path)}"${meant === null ? '' : ` (did you mean "${meant}"?)`}`);
    const more = settings.length > mostNamed ? ` and ${String(settings.length - mostNamed)} more` : '';
    return {
      level: misspelt ? 'critical' : 'warning',
      code: 'unknown_settings',
      text: `config.json has settings that this version doesn't know: ${names.join(', ')}${more}. They have no effect, and stay in the file.${
        misspelt ? ' The bridge starts disarmed.' : ''
      }`,
      nextStep: misspelt
        ? 'Stop the desk, mend the names in config.json and start it again; or arm the bridge if it is right without them.'
        : 'If a later version wrote them, start that version again to have their effect.',
    };
  },
  /** @param keptAs the name of the copy */
  edited: (keptAs: string): AlarmText => ({
    level: 'warning',
    code: 'settings_edited',
    text: `config.json was changed from outside while the desk ran. That has no effect, and a save has replaced it: the changed file was kept as ${keptAs} in the data folder.`,
    nextStep: 'Enter the change in the window; or stop the desk, write it into config.json and start it again.',
  }),
  notKept: (why: string): AlarmText => ({
    level: 'warning',
    code: 'settings_not_saved',
    text: `config.json can't be written: ${why}`,
    nextStep: 'Make room on the disk that holds the data folder, and look whether its files can be written.',
  }),
} as const;
