import { closeSync, constants, existsSync, fdatasync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../machine/makeFolder.ts';

/** How long a number may be with the system alone, in ms: a flush with each commit would hold the journal's own up. */
const flushWithinMs = 250;

/** So many digits, so that a later number takes the place of an earlier one byte by byte. */
const digits = 16;

/**
 * The number of a journal's last entry, kept outside of its folder with each commit: a copy that lacks an order which left a
 * moment ago is told from the journal itself. The bytes are with the system at once, which a killed process can't take
 * back, and with the disk soon after; nothing waits for that.
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

  /** Finds out whether somebody has taken the file away, so that the next number makes a new one. */
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

/** 0 where none was kept, as before this was; null where nobody can tell. */
export function readLastNumber(dir: string, instance: string): number | null {
  let text: string;
  try {
    text = readFileSync(lastNumberPath(dir, instance), 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 0 : null;
  }
  // Made, and the first number not written: its process was killed in between.
  if (text === '') return 0;
  return /^\d{16}$/.test(text) ? Number(text) : null;
}

function lastNumberPath(dir: string, instance: string): string {
  return join(dir, `${instance}.last`);
}
