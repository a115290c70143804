import { z } from 'zod';
import { faultsOf, guarded } from '../../base/guard.ts';
import { limitsKey } from '../../controller/bridge/bridgeConfig.ts';
import { killSwitchKey } from '../../controller/risk/killSwitch.ts';
import type { JournalEntry } from '../../controller/ports/journalEntry.ts';
import type { Journal, JournalRow } from '../../controller/ports/journal.ts';
import type { EpochCount } from '../../controller/ports/epoch.ts';
import type { KillMark } from '../../controller/ports/killMark.ts';
import { backupKey } from '../../journal/file/backupJournal.ts';
import { JournalFailure } from '../../journal/rows/journalFailure.ts';
import { type OpenedJournal, openSqliteJournal } from '../../journal/sqliteJournal.ts';
import { findCopy, marksDir, readMark, writeMark } from './folderMark.ts';
import { LastNumber } from './lastNumber.ts';
import { journalAlarms } from './journalAlarms.ts';
import { StartCount } from './startCount.ts';
import { type FoundKill, hasEarlierMark, readKillMark, writeKillMark } from './killMark.ts';
import { StartFailure } from '../machine/startFailure.ts';
import { systemClock } from '../machine/systemClock.ts';
import type { AlarmText } from '../../controller/alarms/alarm.ts';

/** How often the mark outside of the folder follows the journal, in ms. */
const markEveryMs = 30_000;

export interface HostJournal {
  journal: Journal;
  /** Alarm about this journal, to be raised before trading; null: none. */
  warning: AlarmText | null;
  /** The kill switch outside of the folder, and whether it is on at this start. */
  killMark: KillMark;
  /** Count of starts (N1). */
  epoch: EpochCount;
  /** Alarm that the kill switch is on when a person may not expect it; null: none. */
  killWarning: AlarmText | null;
  /** The last limits of a bridge in the journal; null: none. */
  lastLimits: (bridge: string) => unknown;
  /** Copies a journal while this one is written. */
  backup: (source: string, target: string) => Promise<void>;
  /** Writes the folder's mark now, for the end of the process. */
  mark: () => void;
  close: () => Promise<void>;
}

interface HostJournalOptions {
  dataDir: string;
  workerUrl: URL | undefined;
  logError: (sentence: string, error?: unknown) => void;
}

/**
 * The journal of a data folder, with its mark kept outside of the folder.
 * @throws StartFailure
 */
export function openJournal({ dataDir, workerUrl, logError }: HostJournalOptions): HostJournal {
  const dir = marksDir();
  const opened = openOrSay({ dataDir, workerUrl, logError });
  const { identity, journal } = opened;
  // First use: the file was missing or empty.
  const missing = identity.generation === 0;
  const found = readMark(dir, identity.instance);
  const backup = backupSchema.safeParse(journal.remembered(backupKey)).data;
  const copied =
    backup === undefined
      ? findCopy(dataDir, identity, found)
      : `it was restored from the backup of ${new Date(backup.at).toISOString().slice(0, 16).replace('T', ' ')} UTC: orders sent since then are missing in it.`;
  // In one commit: the key that identifies a restored backup is removed only together with setting the kill switch.
  if (backup !== undefined) journal.write(killedBy(systemClock.now()));
  const lost = missing || opened.setAside !== null;
  const known = knownKill(dir, dataDir, lost);
  const instance = copied === null ? identity.instance : opened.renameInstance();
  const last = new LastNumber(dir, instance, logError);
  // The mark never falls below the number found at the start, also when the last one can't be read now.
  let { seq } = identity;
  const epoch = new StartCount(
    journal,
    { marked: found?.epoch ?? 0, generation: identity.generation },
    () => systemClock.now(),
    () => {
      mark();
    },
  );
  const mark = (): void => {
    last.look();
    try {
      seq = opened.lastSeq();
    } catch (error) {
      // The mark goes on with the last number that could be read.
      logError("The journal's last number can't be read.", error);
    }
    try {
      writeMark(dir, instance, {
        path: dataDir,
        generation: identity.generation + 1,
        seq,
        epoch: epoch.current,
      });
    } catch (error) {
      logError(
        `The mark of this data folder in ${dir} can't be written; the next start will take it for a copy.`,
        error,
      );
    }
  };
  mark();
  last.write(seq);
  const write: Journal['write'] = (rows) => {
    journal.write(rows);
    if (rows.every(({ entry: { type } }) => type === 'sample' || type === 'remember')) return;
    try {
      last.write(opened.lastSeq());
    } catch (error) {
      logError("The journal's last number can't be read.", error);
    }
  };
  const timer = setInterval(guarded(faultsOf('timer', logError), mark), markEveryMs).unref();
  const on = { at: systemClock.now(), by: 'app' } as const;
  const told = known.kind === 'told' ? known.killSwitch : null;
  return {
    journal: { ...journal, write },
    lastLimits: (bridge) => journal.remembered(limitsKey(bridge)) ?? opened.lastLimits(bridge),
    warning: warningOf(opened.setAside, copied, missing && known.kind !== 'none'),
    killMark: {
      found: told ?? (copied !== null || known.kind === 'unreadable' ? on : null),
      write: (state) => {
        writeKillMark(dir, dataDir, state);
      },
    },
    epoch,
    killWarning: killWarning(known, lost),
    backup: opened.backup,
    mark,
    close: async () => {
      clearInterval(timer);
      mark();
      last.close();
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

const backupSchema = z.object({ at: z.number() });

function killedBy(at: number): JournalRow[] {
  const entries: JournalEntry[] = [
    { type: 'kill_switch', on: true, by: 'app' },
    { type: 'remember', key: killSwitchKey, value: { at, by: 'app' } },
    { type: 'remember', key: backupKey, value: null },
  ];
  return entries.map((entry) => ({ at, entry }));
}

/** The kill switch by the mark outside of the folder. @param lost the journal can't tell */
function knownKill(dir: string, dataDir: string, lost: boolean): FoundKill {
  const found = readKillMark(dir, dataDir);
  return found.kind === 'none' && lost && hasEarlierMark(dir, dataDir) ? { kind: 'unreadable' } : found;
}

function warningOf(setAside: string | null, copied: string | null, gone: boolean): AlarmText | null {
  if (setAside !== null) return journalAlarms.damaged(setAside);
  if (copied !== null) return journalAlarms.copy(copied);
  return gone ? journalAlarms.gone() : null;
}

function killWarning(known: FoundKill, lost: boolean): AlarmText | null {
  if (known.kind === 'unreadable') return journalAlarms.killUnknown();
  return lost && known.kind === 'told' && known.killSwitch !== null ? journalAlarms.stillKilled() : null;
}
