import { ContractFailure } from '../../api/contractFailure.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';

/** Interval of further tries to write settings in force, ms. */
const retryMs = 1_000;

export interface HeldSaveParts {
  clock: Clock;
  /**
   * Writes the settings in force.
   * @throws Error
   */
  write: () => void;
  alarm: (alarm: AlarmText) => void;
  failed: (why: string) => AlarmText;
  recovered: () => AlarmText;
}

/**
 * Saves settings. A loosening takes effect only once written; a tightening takes effect at once and is written as soon
 * as possible. Nothing throws, and {@link soon} writes nothing within the caller's turn.
 */
export class HeldSave {
  private readonly parts: HeldSaveParts;
  private due = false;
  private failing = false;
  private cancel: Unsubscribe | null = null;

  constructor(parts: HeldSaveParts) {
    this.parts = parts;
  }

  /**
   * @param write writes the settings that shall be in force afterwards
   * @returns null, or why nothing was written
   */
  now(write: () => void): string | null {
    try {
      write();
    } catch (error) {
      this.failed(error);
      // A write that failed halfway may have left something: the settings in force are written again.
      this.again(retryMs);
      return reasonOf(error);
    }
    this.written();
    return null;
  }

  /** Writes the settings in force, in a later turn. */
  soon(): void {
    this.again(0);
  }

  /** Tries once more before the app ends. */
  stop(): void {
    if (this.due) this.retry();
    this.cancel?.();
    this.cancel = null;
  }

  private again(ms: number): void {
    this.due = true;
    this.cancel?.();
    this.cancel = this.parts.clock.after(ms, () => {
      this.retry();
    });
  }

  private retry(): void {
    try {
      this.parts.write();
      this.written();
    } catch (error) {
      this.failed(error);
      this.again(retryMs);
    }
  }

  private written(): void {
    this.due = false;
    this.cancel?.();
    this.cancel = null;
    if (!this.failing) return;
    this.failing = false;
    this.parts.alarm(this.parts.recovered());
  }

  private failed(error: unknown): void {
    if (this.failing) return;
    this.failing = true;
    this.parts.alarm(this.parts.failed(reasonOf(error)));
  }
}

/**
 * Alarms about settings that can't be saved.
 * @param what subject of the sentence, in the plural
 */
export function settingsSaveAlarms(what: string): Pick<HeldSaveParts, 'failed' | 'recovered'> {
  return {
    failed: (why) => ({
      level: 'critical',
      code: 'settings_not_saved',
      text: `${what} can't be saved: ${why}. What tightens holds all the same and is tried again; what loosens is refused.`,
      nextStep: 'Make room on the disk that holds the data folder, and look whether its files can be written.',
    }),
    recovered: () => ({
      level: 'notice',
      code: 'settings_saved',
      text: `${what} can be saved again, and are.`,
      nextStep: 'What was refused meanwhile has to be entered again.',
    }),
  };
}

/**
 * Failure for the caller of a change that was not written.
 * @param part whether a part of it is in force
 */
export function notSaved(why: string, part: boolean): ContractFailure {
  const held = part ? 'What it tightens holds from now on. The rest was' : 'The change was';
  const message = `${held} not saved and doesn't hold: ${why}. Make room on the disk that holds the data folder, or see that its files can be written, then enter it again.`;
  return new ContractFailure({ code: 'not_possible', message });
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
