import { join } from 'node:path';
import { tempDir } from '../support/tempDir.ts';
import { compileMql5 } from './compile.ts';
import { startTerminal, type Terminal } from './terminal.ts';

// Runs programs/StoreProbe.mq5 in a folder that outlives it, and reads what it prints.

export interface StoreInputs {
  Login?: string;
  Server?: string;
  NowMs?: number;
  Appends?: number;
  First?: number;
  Size?: number;
  Compact?: number;
  Burst?: number;
  List?: boolean;
  Hold?: boolean;
}

export interface StoreRun {
  /** new, intact or torn; null where it was not opened. */
  state: string | null;
  completeSince: number;
  id: string;
  /** Why it was not opened. */
  closed: string | null;
  /** The numbers of the records that are there. */
  have: number[];
  /** Times of the same. */
  times: number[];
  /** Of the records that were written for sure. */
  took: number[];
  refused: number[];
  /** Whether records were left out as was asked. */
  compacted: boolean;
  stdout: string;
  /** null where it was killed. */
  code: number | null;
}

export function compileStoreProbe(name = 'StoreProbe'): Promise<string> {
  return compileMql5(join(import.meta.dirname, 'programs', `${name}.mq5`), { sanitize: true });
}

/** A folder for one store, and what is done with it. */
export class StoreFolder {
  readonly path: string;
  readonly remove: () => void;
  private readonly program: string;

  constructor(program: string) {
    this.program = program;
    const { path, remove } = tempDir();
    this.path = path;
    this.remove = remove;
  }

  start(inputs: StoreInputs, switches: Record<string, string | number> = {}): Terminal {
    return startTerminal(this.program, { inputs: { ...inputs }, switches, folder: this.path });
  }

  async run(inputs: StoreInputs, switches: Record<string, string | number> = {}): Promise<StoreRun> {
    const { stdout, stderr, code } = await this.start(inputs, switches).finished;
    if (stderr !== '' || (code !== 0 && code !== null)) {
      throw new Error(`It ended with code ${String(code)}:\n${stdout}${stderr}`);
    }
    return { ...readRun(stdout), code };
  }

  async list(): Promise<StoreRun> {
    return await this.run({ NowMs: 9_000_000, List: true });
  }
}

function readRun(stdout: string): Omit<StoreRun, 'code'> {
  const lines = stdout.split('\n');
  const of = (word: string): string[][] =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1).split(' ')] : []));
  const numbers = (word: string): number[] => of(word).map(([number]) => Number(number));
  const [opened] = of('OPEN');
  const have = of('HAVE');
  return {
    state: opened?.[0] ?? null,
    completeSince: Number(opened?.[1]),
    id: opened?.[2] ?? '',
    closed: of('CLOSED')[0]?.join(' ') ?? null,
    have: have.map(([, , text = '']) => numberOf(text)),
    times: have.map(([, time]) => Number(time)),
    took: numbers('TOOK'),
    refused: numbers('REFUSED'),
    compacted: of('COMPACTED').length > 0,
    stdout,
  };
}

/** The number of the record with a text; throws where it is not what the probe has written. */
function numberOf(text: string): number {
  const number = Number(text.split(':')[0]);
  let expected = `${String(number)}:`;
  while (expected.length < text.length) expected += String.fromCharCode(97 + (expected.length % 26));
  if (text !== expected || text.length < 20) throw new Error(`A record is wrong: ${text}`);
  return number;
}
