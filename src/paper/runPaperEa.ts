import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { attempt, guarded } from '../base/guard.ts';
import { paperFaults } from '../api/state/state.ts';
import { commandPatterns, feedbackPatterns } from '../protocol/ea/socketPatterns.ts';
import { PaperMarket } from './market.ts';
import { PaperEa, type PaperEaActions } from './paperEa.ts';
import { PaperEa8 } from './paperEa8.ts';
import { PaperSockets } from './paperSockets.ts';
import { openParentPort } from './parentPort.ts';
import { sayFaults } from './sayFault.ts';
import { PaperTerminal } from './terminal.ts';

const milliseconds = z.coerce.number().int().min(10);

const argumentsSchema = z.object({
  command: z.string().default('tcp://127.0.0.1:5555'),
  telemetry: z.string().default('tcp://127.0.0.1:5556'),
  feedback: z.string().optional(),
  'command-pattern': z.enum(commandPatterns).default('push'),
  'feedback-pattern': z.enum(feedbackPatterns).default('push'),
  /** What it speaks: as BITTEN's EA v7, or protocol 8 as the desk's own EA. */
  dialect: z.enum(['v7', '8']).default('v7'),
  fault: z.enum(paperFaults).default('none'),
  'delay-ms': z.coerce.number().int().min(0).default(3_000),
  'telemetry-interval': milliseconds.default(1_000),
  'tick-interval': milliseconds.default(500),
  /** Scale of price moves; at 0 prices stand still, as in the worked examples of docs/sizing.md. */
  unrest: z.coerce.number().min(0).max(100).default(1),
  seed: z.coerce.number().int().default(1),
  balance: z.coerce.number().positive().default(10_000),
  leverage: z.coerce.number().positive().default(100),
  login: z.coerce.number().int().default(1_000_001),
  server: z.string().default('BITTEN-Paper-Demo'),
  uuid: z.string().default('paper-001'),
  positions: z.coerce.number().int().min(0).max(4).default(2),
  log: z.string().optional(),
});

const heartbeatMs = 5_000;
const historyMinutes = 120;
const historyTicksAMinute = 12;

/** Messages from the app that started this paper EA. */
const parentMessageSchema = z.object({ type: z.literal('fault'), fault: z.enum(paperFaults) });

/**
 * Runs a paper EA in a process of its own, until SIGINT, SIGTERM or the end of the app that started it.
 * @param argv flags, such as `--command tcp://127.0.0.1:5555 --fault reject`; see the schema above for all
 */
export async function runPaperEa(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv);
  if (options === null) return;
  const note = journal(options.log);
  const onFault = sayFaults();
  const market = new PaperMarket(options.seed, options.unrest);
  const terminal = new PaperTerminal(market, options.balance, options.leverage, () => Date.now());
  const nowSeconds = Math.floor(Date.now() / 1000);
  const historyTicks = historyMinutes * historyTicksAMinute;
  for (let tick = historyTicks; tick > 0; tick -= 1) market.step(nowSeconds - tick * (60 / historyTicksAMinute));

  const account = {
    uuid: options.uuid,
    login: options.login,
    server: options.server,
    fault: options.fault,
    delayMs: options['delay-ms'],
  };
  const actions: PaperEaActions = {
    send: (text) => {
      note('sent', text);
      sockets.send(text);
    },
    later: (ms, action) => setTimeout(guarded(onFault, action), ms),
    dropConnection: () => {
      attempt(onFault, async () => {
        await sockets.reconnect();
        ea8?.joined();
        ea.status('reconnected', 'Connected to backend controller');
      });
    },
    now: () => Date.now(),
  };
  const ea = new PaperEa(market, terminal, account, actions);
  const ea8 = options.dialect === '8' ? new PaperEa8(market, terminal, ea, account, actions) : null;
  const sockets = new PaperSockets(
    { command: options.command, telemetry: options.telemetry, feedback: options.feedback ?? options.telemetry },
    { command: options['command-pattern'], feedback: options['feedback-pattern'] },
    (text) => {
      note('received', text);
      (ea8 ?? ea).command(text);
    },
    onFault,
  );
  openPositions(terminal, options.positions);
  ea.status('startup', `EA v7.01 initialized (paper)`);
  const every = (ms: number, action: () => void): NodeJS.Timeout => setInterval(guarded(onFault, action), ms);
  const timers = [
    every(options['tick-interval'], () => {
      ea.ticks();
      ea8?.quoted();
    }),
    every(options['telemetry-interval'], () => {
      (ea8 ?? ea).telemetry();
    }),
    every(heartbeatMs, () => {
      if (ea8 === null) ea.heartbeat();
    }),
  ];
  await new Promise<void>((stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    const told = guarded(onFault, (message: unknown) => {
      const parsed = parentMessageSchema.safeParse(message);
      if (parsed.success) (ea8 ?? ea).setFault(parsed.data.fault);
    });
    const alone = !openParentPort(told, stop);
    if (alone)
      process.stderr.write(`The paper EA connects to ${options.command} and ${options.telemetry}. Ctrl+C stops it.\n`);
  });
  for (const timer of timers) clearInterval(timer);
  ea.status('shutdown', 'EA deinitialized');
  sockets.close();
  process.exit(0);
}

type Options = z.infer<typeof argumentsSchema>;

/** Parses the flags. Null, with a sentence on stderr and exit code 1, when they are invalid. */
function readOptions(argv: readonly string[]): Options | null {
  const names = Object.keys(argumentsSchema.shape);
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return argumentsSchema.parse(parseArgs({ args: [...argv], options }).values);
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const why = issue === undefined ? (error as Error).message : `--${issue.path.join('.')}: ${issue.message}`;
    process.stderr.write(
      `The paper EA can't start: ${why}\nIts flags are: ${names.map((name) => `--${name}`).join(', ')}.\n`,
    );
    process.exitCode = 1;
    return null;
  }
}

/** The EA's own append-only log, in which tests count what arrived. */
function journal(path: string | undefined): (direction: 'sent' | 'received', text: string) => void {
  if (path === undefined) return () => undefined;
  return (direction, text) => {
    appendFileSync(path, `${JSON.stringify({ at: Date.now(), direction, text })}\n`);
  };
}

/** Opens positions before the start, so that a fresh account moves. */
function openPositions(terminal: PaperTerminal, count: number): void {
  const requests = [
    { side: 'buy', symbol: 'XAUUSD', lot: 0.1 },
    { side: 'sell', symbol: 'EURUSD', lot: 0.2 },
    { side: 'buy', symbol: 'GBPUSD', lot: 0.1 },
    { side: 'sell', symbol: 'USDJPY', lot: 0.1 },
  ] as const;
  for (const request of requests.slice(0, count)) terminal.open({ ...request, slPoints: 0, tpPoints: 0 });
}
