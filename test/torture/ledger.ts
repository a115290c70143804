import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/until.ts';
import { started } from './started.ts';

/** A signal as the EA's own log has it. */
export interface LedgerSignal {
  /** Epoch ms, by the EA's clock. */
  at: number;
  signalId: string;
  action: string;
  symbol: string;
  frame: string;
}

export interface LedgerEa {
  child: ChildProcess;
  log: string;
  /** Resolves when everything that had reached the EA is in its log. */
  sync: () => Promise<void>;
  /** Blocks its JavaScript; it must have been started with --hang-on-stdin. */
  hang: (ms: number) => void;
  end: () => Promise<void>;
}

/** Starts test/peers/ledgerEa.ts, whose flags are told there. */
export async function startLedgerEa(
  endpoints: { command: string; telemetry: string },
  log: string,
  ...flags: string[]
): Promise<LedgerEa> {
  const { command, telemetry } = endpoints;
  const child = spawn(
    process.execPath,
    ['test/peers/ledgerEa.ts', '--command', command, '--telemetry', telemetry, '--log', log, ...flags],
    { cwd: join(import.meta.dirname, '..', '..'), stdio: ['pipe', 'pipe', 'inherit'] },
  );
  started(child);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const said = (event: string): number => output.split(`{"event":"${event}"}`).length - 1;
  await until(() => said('ready') > 0, 'the ledger EA has started');
  let syncs = 0;
  return {
    child,
    log,
    sync: async () => {
      const wanted = (syncs += 1);
      child.stdin.write('sync\n');
      await until(() => said('synced') >= wanted, 'the ledger EA has written down all that reached it');
    },
    hang: (ms) => {
      child.stdin.write(`${String(ms)}\n`);
    },
    end: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Every signal that has reached the EA, in the order of its arrival. */
export function readLedger(log: string): LedgerSignal[] {
  return readLines(log)
    .filter((line) => line.what === 'signal')
    .map(({ at, frame = '' }) => {
      const signal = JSON.parse(frame) as { signal_id: string; action: string; symbol: string };
      return { at, signalId: signal.signal_id, action: signal.action, symbol: signal.symbol, frame };
    });
}

/** The IDs that reached the EA more than once. */
export function twiceIn(signals: readonly LedgerSignal[]): string[] {
  const seen = new Set<string>();
  return signals.map(({ signalId }) => signalId).filter((id) => seen.has(id) || !seen.add(id));
}

interface LedgerLine {
  at: number;
  what: 'signal' | 'result';
  frame?: string;
}

function readLines(log: string): LedgerLine[] {
  if (!existsSync(log)) return [];
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine);
}
