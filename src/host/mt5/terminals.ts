import { access, open, readdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { EaTerminal } from '../../api/queries/eaInstallation.ts';
import { readEaVersion } from '../../protocol/protocol8/ownEa.ts';

/** An installed MetaTrader 5. */
export type Mt5Terminal = Pick<EaTerminal, 'data' | 'programs'>;

/** Folder of another machine, or a device's name: `\\server\share`, `\\?\C:\`. */
const isNetworkPath = (path: string): boolean => /^[\\/]{2}/.test(path);

/** Most bytes that are read at the beginning of a file, and of a longer one at its end. */
const beginningBytes = 1024 * 1024;
const endBytes = 64 * 1024;

/**
 * Text of a file of MetaTrader: UTF-16 with a byte order mark, or UTF-8. Of a file of more than 1 MiB its beginning and its
 * end. Null: there is no such file.
 */
export async function readMt5Text(path: string): Promise<string | null> {
  const parts = await readEnds(path).catch(() => null);
  if (parts === null) return null;
  const [first] = parts;
  const isUtf16 = first?.[0] === 0xff && first[1] === 0xfe;
  return parts.map((bytes) => new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes)).join('\n');
}

async function readEnds(path: string): Promise<Uint8Array[]> {
  const file = await open(path);
  try {
    const read = async (from: number, most: number): Promise<Uint8Array> => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(most), 0, most, from);
      return buffer.subarray(0, bytesRead);
    };
    const beginning = await read(0, beginningBytes);
    const { size } = await file.stat();
    if (size <= beginningBytes) return [beginning];
    // A character of UTF-16 begins at an even place.
    const from = Math.max(beginningBytes, size - endBytes);
    return [beginning, await read(from - (from % 2), endBytes)];
  } finally {
    await file.close();
  }
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Terminals of this user: each has a folder of its own below `MetaQuotes/Terminal`, and tells in `origin.txt` where its
 * programs are.
 * @param appData the user's folder for programs' data, `%APPDATA%`
 */
export async function findTerminals(appData: string): Promise<Mt5Terminal[]> {
  const folder = join(appData, 'MetaQuotes', 'Terminal');
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }): Promise<Mt5Terminal[]> => {
        const data = join(folder, name);
        const isTerminal = (await exists(join(data, 'MQL5'))) && (await exists(join(data, 'origin.txt')));
        return isTerminal ? [{ data, programs: await originOf(data) }] : [];
      }),
  );
  return found.flat();
}

/** Folder of the programs of a terminal whose data are elsewhere; null: it doesn't tell, or names another machine. */
async function originOf(data: string): Promise<string | null> {
  const origin = (await readMt5Text(join(data, 'origin.txt')))?.trim() ?? '';
  return origin === '' || isNetworkPath(origin) ? null : origin;
}

/**
 * The terminal of a folder that a person names; a portable one has its data in the folder of its programs.
 * @returns a sentence where there is none
 */
export async function terminalAt(folder: string): Promise<Mt5Terminal | string> {
  // MetaEditor is started from there: never from another machine.
  if (!isAbsolute(folder) || isNetworkPath(folder))
    return `${folder} is not the whole path of a folder on the desk's own machine. Name it from its drive on.`;
  if (!(await exists(join(folder, 'MQL5'))))
    return `There is no MQL5 folder in ${folder}. Name the folder of the terminal's data: File, Open Data Folder in MT5.`;
  const hasOrigin = await exists(join(folder, 'origin.txt'));
  return { data: folder, programs: hasOrigin ? await originOf(folder) : folder };
}

/** Adds what a terminal has of the desk's own EA. */
export async function withEa(terminal: Mt5Terminal): Promise<EaTerminal> {
  const mql5 = join(terminal.data, 'MQL5');
  const [source, copiedAt, compiledAt] = await Promise.all([
    readMt5Text(join(mql5, 'Include', 'BittenDesk', 'Account.mqh')),
    changedAt(join(mql5, 'Experts', 'BittenDesk.mq5')),
    changedAt(join(mql5, 'Experts', 'BittenDesk.ex5')),
  ]);
  const version = source === null || copiedAt === null ? null : readEaVersion(source);
  return { ...terminal, version, compiled: copiedAt !== null && compiledAt !== null && compiledAt >= copiedAt };
}

/** Time of a file's last change, ms; null: there is none. */
export async function changedAt(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}
