import type { Alarm } from '../api/state.ts';
import { limitsKey } from '../controller/bridgeConfig.ts';
import type { Journal } from '../controller/ports.ts';
import { JournalFailure } from '../journal/journalFailure.ts';
import { openSqliteJournal, type OpenedJournal } from '../journal/sqliteJournal.ts';
import { findCopy, marksDir, readMark, writeMark } from './folderMark.ts';
import { StartFailure } from './startFailure.ts';
import { systemClock } from './systemClock.ts';

/** How often the mark outside of the folder follows the journal, in ms. */
const markEveryMs = 30_000;

export interface HostJournal {
  journal: Journal;
  /** What a person must know of this journal before trading goes on. */
  warning: Pick<Alarm, 'level' | 'code' | 'text' | 'nextStep'> | null;
  /** The limits that a bridge was last known to have; null: none were written down. */
  lastLimits: (bridge: string) => unknown;
  /** Writes the folder's mark now, for the end of the process. */
  mark: () => void;
  close: () => Promise<void>;
}

interface HostJournalOptions {
  dataDir: string;
  workerUrl: URL | undefined;
  onTrouble: (sentence: string, error?: unknown) => void;
}

/**
 * The journal of a data folder, with its mark kept outside of the folder.
 * @throws StartFailure
 */
export function openJournal({ dataDir, workerUrl, onTrouble }: HostJournalOptions): HostJournal {
  const opened = openOrSay({ dataDir, workerUrl, onTrouble });
  const { identity, journal } = opened;
  const dir = marksDir();
  const copied = findCopy(dataDir, identity, readMark(dir, identity.instance));
  const instance = copied === null ? identity.instance : opened.renameInstance();
  let seq = 0;
  const mark = (): void => {
    try {
      seq = opened.lastSeq();
    } catch (error) {
      // The mark goes on with the last number that could be read.
      onTrouble("The journal's last number can't be read.", error);
    }
    try {
      writeMark(dir, instance, { path: dataDir, generation: identity.generation + 1, seq });
    } catch (error) {
      onTrouble(
        `The mark of this data folder in ${dir} can't be written; the next start will take it for a copy.`,
        error,
      );
    }
  };
  mark();
  const timer = setInterval(mark, markEveryMs).unref();
  return {
    journal,
    lastLimits: (bridge) => journal.remembered(limitsKey(bridge)) ?? opened.lastLimits(bridge),
    warning: opened.setAside === null ? (copied === null ? null : copyFound(copied)) : damageFound(opened.setAside),
    mark,
    close: async () => {
      clearInterval(timer);
      mark();
      await journal.close();
    },
  };
}

function openOrSay(options: HostJournalOptions): OpenedJournal {
  try {
    return openSqliteJournal({ ...options, now: () => systemClock.now() });
  } catch (error) {
    if (error instanceof JournalFailure) throw new StartFailure(error.message);
    throw error;
  }
}

function copyFound(why: string): HostJournal['warning'] {
  return {
    level: 'critical',
    code: 'restored_copy',
    text: `The journal in the data folder is not the one that this machine wrote last: ${why} The bridge starts disarmed.`,
    nextStep: 'Look in MT5 what was traded, then arm it yourself.',
  };
}

function damageFound(fileName: string): HostJournal['warning'] {
  return {
    level: 'critical',
    code: 'journal_set_aside',
    text: `The journal was damaged. It was set aside as ${fileName} in the data folder, and a new one begun. The bridge starts disarmed.`,
    nextStep: 'Orders from before are not in the list: look in MT5 what is open, then arm it yourself.',
  };
}
