import { closeSync, constants, existsSync, fdatasync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../machine/makeFolder.ts';

/** Longest time from a write to its flush, in ms: a flush with each commit would delay the journal's own. */
const flushWithinMs = 250;

/** Fixed width, so that a later number overwrites an earlier one byte by byte. */
const digits = 16;

/**
 * The sequence number of a journal's last entry, written outside of its folder with each commit: it tells a copy that lacks
 * the newest orders from the journal itself. The system has the bytes at once, so that a killed process loses none; they are
 * flushed soon after, and nothing waits for that.
 */
export class LastNumber {
  private readonly dir: string;
  private readonly path: string;
  private readonly logError: (sentence: string, error: unknown) => void;
  private file: number | null = null;
  private syncing = false;
  private closed = false;
  private told = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(dir: string, instance: string, logError: (sentence: string, error: unknown) => void) {
    this.dir = dir;
    this.path = lastNumberPath(dir, instance);
    this.logError = logError;
  }

  write(seq: number): void {
    if (this.closed) return;
    try {
      this.file ??= this.open();
      writeSync(this.file, String(seq).padStart(digits, '0'), 0);
      this.told = false;
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        if (this.file !== null) this.sync(this.file);
      }, flushWithinMs).unref();
    } catch (error) {
      this.failed(error);
    }
  }

  /** Checks whether the file was removed; then the next number makes a new one. */
  look(): void {
    if (this.file !== null && !this.syncing && !existsSync(this.path)) this.letGo();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    if (!this.syncing) this.letGo();
  }

  private open(): number {
    makeFolder(this.dir, 0o700);
    return openSync(this.path, constants.O_WRONLY | constants.O_CREAT, 0o600);
  }

  private sync(file: number): void {
    if (this.syncing) return;
    this.syncing = true;
    fdatasync(file, (error) => {
      this.syncing = false;
      if (this.closed) this.letGo();
      else if (error !== null) this.failed(error);
    });
  }

  private failed(error: unknown): void {
    if (!this.syncing) this.letGo();
    if (this.told) return;
    this.told = true;
    this.logError(
      `The last number of the journal can't be kept in ${this.dir}; a copy of the data folder from the last half minute may not be told from it.`,
      error,
    );
  }

  private letGo(): void {
    const { file } = this;
    this.file = null;
    if (file !== null) closeSync(file);
  }
}

/** The last number; 0: none was kept, as in earlier versions; null: unreadable. */
export function readLastNumber(dir: string, instance: string): number | null {
  let text: string;
  try {
    text = readFileSync(lastNumberPath(dir, instance), 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 0 : null;
  }
  // The process was killed after it made the file and before it wrote the first number.
  if (text === '') return 0;
  return /^\d{16}$/.test(text) ? Number(text) : null;
}

function lastNumberPath(dir: string, instance: string): string {
  return join(dir, `${instance}.last`);
}
