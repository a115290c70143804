import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from './tempDir.ts';

const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');

/** What MetaEditor says of a source without errors. */
const goodLog = 'BittenDesk.mq5 : information: compiling\r\nResult: 0 errors, 0 warnings\r\n';

/** A folder as MetaTrader's installer leaves it. */
export interface FakeTerminal {
  /** The user's folder for programs' data. */
  appData: string;
  data: string;
  programs: string;
  /** Lets MetaEditor say something else from now on. */
  says: (log: string) => void;
}

interface FakeTerminalOptions {
  appData?: string;
  id?: string;
  /** What MetaEditor says; null: there is none. */
  log?: string | null;
  /** Shell commands that MetaEditor runs first. */
  first?: string;
}

/** Makes a terminal whose MetaEditor is a shell script: where its log says 0 errors, it writes the program too. */
export function fakeTerminal({
  appData = tempDir().path,
  id = 'D0E8209F77C8CF37AD8BF550E51FF075',
  log = goodLog,
  first = '',
}: FakeTerminalOptions = {}): FakeTerminal {
  const programs = tempDir().path;
  const data = join(appData, 'MetaQuotes', 'Terminal', id);
  mkdirSync(join(data, 'MQL5'), { recursive: true });
  writeFileSync(join(data, 'origin.txt'), utf16(programs));
  const says = (text: string): void => {
    writeFileSync(join(programs, 'log'), utf16(text));
    writeFileSync(join(programs, 'isGood'), /\b0 error/.test(text) ? 'yes' : 'no');
  };
  if (log !== null) {
    says(log);
    const editor = join(programs, 'metaeditor64.exe');
    const script = [
      '#!/bin/sh',
      'source=${1#/compile:}',
      '[ "$2" = /log ] || exit 9',
      `cd '${programs}'`,
      first,
      'cp log "${source%.mq5}.log"',
      '[ "$(cat isGood)" = yes ] && echo program > "${source%.mq5}.ex5"',
      'exit 1',
    ];
    writeFileSync(editor, `${script.join('\n')}\n`);
    chmodSync(editor, 0o755);
  }
  return { appData, data, programs, says };
}

/** Leaves an EA of an earlier version in a terminal. */
export function leaveEa({ data }: Pick<FakeTerminal, 'data'>, version: string): void {
  const include = join(data, 'MQL5', 'Include', 'BittenDesk');
  const experts = join(data, 'MQL5', 'Experts');
  for (const folder of [include, experts]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(include, 'Account.mqh'), `#define EA_VERSION  "${version}"\n`);
  writeFileSync(join(include, 'Old.mqh'), '// of an earlier version');
  writeFileSync(join(experts, 'BittenDesk.mq5'), '// of an earlier version');
  writeFileSync(join(experts, 'BittenDesk.ex5'), 'program');
}
