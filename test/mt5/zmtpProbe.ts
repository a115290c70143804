import { join } from 'node:path';
import { compileMql5 } from './compile.ts';
import { startTerminal, type Terminal } from './terminal.ts';

// Runs programs/ZmtpProbe.mq5, and makes the messages that it sends and expects.

export interface ProbeInputs {
  Role: 'PUSH' | 'PULL' | 'SUB' | 'REQ';
  Port: number;
  Host?: string;
  Topic?: string;
  Count?: number;
  Size?: number;
  Large?: number;
  Burst?: number;
  Sends?: number;
  Pings?: boolean;
  ReplyMs?: number;
  RunMs?: number;
  LimitMs?: number;
  PauseMs?: number;
  HoldMs?: number;
}

export interface Probe extends Terminal {
  /** Its last line; throws where it failed or wrote to its standard error, as the sanitizers do. */
  result: () => Promise<ProbeResult>;
  /** Ends it, and gives its result so far. */
  stop: () => Promise<ProbeResult>;
}

interface ProbeResult {
  /** Messages that `Send` took. */
  taken: number;
  received: number;
  /** The number of the last message that came, plus 1. */
  got: number;
  wrong: number;
  asked: number;
  sessions: number;
  dropped: number;
  steps: number;
  p50us: number;
  p99us: number;
  maxus: number;
  ms: number;
  /** By message, as {@link fates}. */
  fates: number[];
  /** Why each connection ended. */
  ends: string[];
}

/** ENUM_ZMTP_FATE. */
export const fates = { waiting: 1, handed: 2, dropped: 3, forgotten: 4 };

export function compileProbe(sanitize: boolean): Promise<string> {
  return compileMql5(join(import.meta.dirname, 'programs', 'ZmtpProbe.mq5'), { sanitize });
}

export function startProbe(
  program: string,
  inputs: ProbeInputs,
  switches: Record<string, string | number> = {},
): Probe {
  const terminal = startTerminal(program, { inputs: { ...inputs }, switches });
  const result = async (): Promise<ProbeResult> => {
    const { stdout, stderr, code } = await terminal.finished;
    if (code !== 0 || stderr !== '') throw new Error(`It ended with code ${String(code)}:\n${stdout}${stderr}`);
    return readResult(stdout);
  };
  return {
    ...terminal,
    result,
    stop: async () => {
      await terminal.end();
      return await result();
    },
  };
}

function readResult(stdout: string): ProbeResult {
  const lines = stdout.split('\n');
  const result = lines.findLast((line) => line.startsWith('RESULT '));
  if (result === undefined) throw new Error(`It printed no result:\n${stdout}`);
  const figures = result
    .slice(7)
    .split(' ')
    .map((each) => each.split('='));
  return {
    ...(Object.fromEntries(figures.map(([name, value]) => [name, Number(value)])) as Omit<
      ProbeResult,
      'fates' | 'ends'
    >),
    fates: fatesOf(lines.findLast((line) => line.startsWith('FATES')) ?? ''),
    ends: lines.filter((line) => line.startsWith('ENDED ')).map((line) => line.slice(6)),
  };
}

/** `FATES 0-4:2 5-9:3` to the fate of each message. */
function fatesOf(line: string): number[] {
  return [...line.matchAll(/(\d+)-(\d+):(\d+)/g)].flatMap(([, from, to, fate]) =>
    Array<number>(Number(to) - Number(from) + 1).fill(Number(fate)),
  );
}

const pattern = Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * 7 + Math.floor(i / 256)) & 0xff));

/** Message number i of the probe and of test/peers/zmtpPeer.py. */
export function numberedBody(number: number, size = 150, large = 0): Buffer {
  const length = large > 0 && number % 1_000 === 999 ? large : size > 0 ? (number * 37) % size : 0;
  const from = number % 251;
  return Buffer.concat([Buffer.from(String(number).padStart(10, '0')), pattern.subarray(from, from + length)]);
}
