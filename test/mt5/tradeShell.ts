import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compileMql5 } from './compile.ts';
import { startTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

export interface TradeShell extends Terminal {
  /** Carries out a line, and gives what was printed from there on. */
  send: (line: string) => Promise<string[]>;
  /** The retcode of a request. */
  retcode: (line: string) => Promise<number>;
  /** Positions, orders, deals and figures as the terminal shows them. */
  state: () => Promise<string[]>;
}

/** An EA that sends the requests it is told to: for tests of the simulated broker. */
export async function startTradeShell(options: TerminalOptions = {}): Promise<TradeShell> {
  if (options.folder !== undefined) rmSync(join(options.folder, 'Files', 'orders'), { force: true });
  const terminal = startTerminal(await compileMql5(join(import.meta.dirname, 'fixtures', 'TradeShell.mq5')), options);
  await terminal.printed('INIT');
  let sent = 0;
  const send = async (line: string): Promise<string[]> => {
    const before = terminal.lines().length;
    sent += 1;
    const numbered = `${line} n=${String(sent)}`;
    appendFileSync(join(terminal.folder, 'Files', 'orders'), `${numbered}\n`);
    await terminal.printed(`END ${numbered}`);
    return terminal
      .lines()
      .slice(before)
      .filter((each) => !each.startsWith('END'));
  };
  return {
    ...terminal,
    send,
    retcode: async (line) => Number(/RESULT \w+ (\d+)/.exec((await send(line)).join('\n'))?.[1]),
    state: () => send('state'),
  };
}

export interface Deal {
  deal: string;
  order: string;
  position: string;
  symbol: string;
  type: number;
  entry: number;
  reason: number;
  volume: number;
  price: number;
  profit: number;
  magic: number;
  comment: string;
}

/** Every deal of an account but its deposits, from the broker's own file. */
export function dealsIn(folder: string, login = 555_111): Deal[] {
  const path = join(folder, `broker.${String(login)}.deals.ndjson`);
  if (!existsSync(path)) return [];
  const rows = readFileSync(path, 'utf8').trim().split('\n');
  return rows.map((row) => JSON.parse(row) as Deal).filter(({ type }) => type < 2);
}
