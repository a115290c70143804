import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An installed MetaTrader 5. */
export interface Mt5Terminal {
  /** Folder of its data, in which `MQL5` is. */
  data: string;
  /** Folder of its programs; null: not known. */
  programs: string | null;
}

/** Text of a file of MetaTrader: UTF-16 with a byte order mark, or UTF-8. */
export function readMt5Text(path: string): string {
  const bytes = readFileSync(path);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

/**
 * Terminals of this user: each has a folder of its own below `MetaQuotes/Terminal`, and tells in `origin.txt` where its
 * programs are.
 * @param appData the user's folder for programs' data, `%APPDATA%`
 */
export function findTerminals(appData: string): Mt5Terminal[] {
  const folder = join(appData, 'MetaQuotes', 'Terminal');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .filter((data) => existsSync(join(data, 'origin.txt')) && existsSync(join(data, 'MQL5')))
    .map((data) => ({ data, programs: readMt5Text(join(data, 'origin.txt')).trim() }));
}

/** A portable terminal, whose data are in the folder of its programs; null: there is none. */
export function portableTerminal(folder: string): Mt5Terminal | null {
  return existsSync(join(folder, 'MQL5')) ? { data: folder, programs: folder } : null;
}
