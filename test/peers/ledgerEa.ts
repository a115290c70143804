import { openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pull, Push } from 'zeromq';
import { seededRandom } from '../../src/paper/random.ts';
import { brokerTime, money, quoted, readKey, writeObject } from '../../src/paper/v7Text.ts';

// An EA that keeps a book of its own: what reached it and what it answered is counted from there, not from the app.
//
//   node test/peers/ledgerEa.ts --command tcp://… --telemetry tcp://… [--feedback tcp://…] --log <file>
//
// Where and who:
//   --feedback <endpoint>   results on a socket of their own (default: the telemetry endpoint)
//   --log <file>            append-only, one JSON object a line, written before the answer:
//                             {"at":<epoch ms>,"what":"signal","frame":"<as it came>"}
//                             {"at":<epoch ms>,"what":"result","signal_id":"…","fate":"sent|lost|repeated|held|invented|unsaid"}
//   --login <n>             account (1000001)         --server <name>   (Ledger-Demo)     --uuid <text>   (ledger)
//   --heartbeat-ms <n>      heartbeat with positions, and the documented telemetry (500)
// What becomes of results; all of these go together, each share is a number from 0 to 1 (0):
//   --answer none           no results at all (fate "unsaid"); pings and questions are answered still
//   --delay-ms <n>          each result so much later (0: at once)
//   --lose <share>          never sent ("lost")
//   --duplicate <share>     sent twice ("sent", "repeated")
//   --reorder <share>       sent after the next result, or after 200 ms when none comes ("held", then "sent")
//   --unknown <share>       followed by a result for an ID that never was ("invented")
//   --seed <n>              of the random numbers (1)
// Lines on stdin:
//   <n>, with --hang-on-stdin   blocks its JavaScript for n ms, while libzmq's thread keeps the connection up
//   sync                    prints {"event":"synced"} once everything that had reached the process is in the log
// Prints {"event":"ready"} when its sockets are there. It ends with its parent.

const { values: flags } = parseArgs({
  options: {
    command: { type: 'string' },
    telemetry: { type: 'string' },
    feedback: { type: 'string' },
    log: { type: 'string' },
    login: { type: 'string', default: '1000001' },
    server: { type: 'string', default: 'Ledger-Demo' },
    uuid: { type: 'string', default: 'ledger' },
    'heartbeat-ms': { type: 'string', default: '500' },
    answer: { type: 'string', default: 'all' },
    'delay-ms': { type: 'string', default: '0' },
    lose: { type: 'string', default: '0' },
    duplicate: { type: 'string', default: '0' },
    reorder: { type: 'string', default: '0' },
    unknown: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    'hang-on-stdin': { type: 'boolean', default: false },
  },
});

/** A result that waits for the next one no longer than this, in ms. */
const heldMs = 200;
/** Longer than a turn of libzmq's thread and of the loop. */
const settleMs = 20;

type Fate = 'sent' | 'lost' | 'repeated' | 'held' | 'invented' | 'unsaid';

const random = seededRandom(Number(flags.seed));
const happens = (share: string): boolean => random() < Number(share);
const log = openSync(required('log'), 'a');
const write = (line: object): void => {
  writeSync(log, `${JSON.stringify({ at: Date.now(), ...line })}\n`);
};

const command = new Pull({ linger: 0 });
const telemetry = new Push({ linger: 0, sendTimeout: 0 });
const feedback = flags.feedback === undefined ? telemetry : new Push({ linger: 0, sendTimeout: 0 });
command.connect(required('command'));
telemetry.connect(required('telemetry'));
if (flags.feedback !== undefined) feedback.connect(flags.feedback);

/** How many positions are open in each symbol. */
const positions = new Map<string, number>();
let ticket = 8_412_388;
let received = 0;
let sent = 0;
let heldBack: (() => void) | null = null;

process.stdout.write('{"event":"ready"}\n');
status('startup', 'EA started');
setInterval(tell, Number(flags['heartbeat-ms']));
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit();
}, 500);
createInterface({ input: process.stdin }).on('line', (line) => {
  if (flags['hang-on-stdin'] && /^\d+$/.test(line)) hang(Number(line));
  if (line === 'sync') void wait(settleMs).then(() => process.stdout.write('{"event":"synced"}\n'));
});

for await (const [frame] of command) {
  if (frame !== undefined) take(frame.toString());
}

function take(text: string): void {
  received += 1;
  switch (readKey(text, 'type')) {
    case 'signal': {
      write({ what: 'signal', frame: text });
      const signalId = readKey(text, 'signal_id');
      const answer = trade(readKey(text, 'action'), readKey(text, 'symbol'), signalId);
      if (flags['delay-ms'] === '0') deliver(signalId, answer);
      else setTimeout(deliver, Number(flags['delay-ms']), signalId, answer);
      break;
    }
    case 'ping':
      say(telemetry, { type: quoted('pong'), timestamp: timestamp() });
      break;
    case 'config':
      status('config', `Slippage updated to ${readKey(text, 'value')}`);
      break;
    case 'command':
      if (readKey(text, 'command') === 'status') statusReport();
      break;
    default:
      // v7 says nothing to what it doesn't know.
      break;
  }
}

/** @returns what v7 would say of it */
function trade(action: string, symbol: string, signalId: string): Record<string, string> {
  if (action === 'buy' || action === 'sell') {
    ticket += 1;
    positions.set(symbol, (positions.get(symbol) ?? 0) + 1);
    return result(signalId, String(ticket), '2341.22000', '');
  }
  const closing = action === 'close_all' ? [...positions.keys()] : [symbol].filter((one) => positions.has(one));
  if (closing.length === 0 && action === 'close') {
    const error = quoted(`No positions found for ${symbol}`);
    return { type: quoted('error'), signal_id: quoted(signalId), error, timestamp: timestamp() };
  }
  const closed = closing.reduce((sum, one) => sum + (positions.get(one) ?? 0), 0);
  for (const one of closing) positions.delete(one);
  return result(signalId, '0', '0.00000', `Closed ${String(closed)} positions`);
}

function deliver(signalId: string, answer: Record<string, string>): void {
  const send = (fate: Fate): void => {
    write({ what: 'result', signal_id: signalId, fate });
    say(feedback, answer);
  };
  if (flags.answer === 'none') write({ what: 'result', signal_id: signalId, fate: 'unsaid' });
  else if (happens(flags.lose)) write({ what: 'result', signal_id: signalId, fate: 'lost' });
  else if (heldBack === null && happens(flags.reorder)) {
    write({ what: 'result', signal_id: signalId, fate: 'held' });
    const release = (): void => {
      if (heldBack === release) heldBack = null;
      clearTimeout(timer);
      send('sent');
    };
    const timer = setTimeout(release, heldMs);
    heldBack = release;
    return;
  } else {
    send('sent');
    if (happens(flags.duplicate)) send('repeated');
  }
  if (happens(flags.unknown)) {
    const nobody = `NEVER_SENT_${String(sent)}`;
    write({ what: 'result', signal_id: nobody, fate: 'invented' });
    say(feedback, result(nobody, '1', '1.00000', ''));
  }
  heldBack?.();
}

function result(signalId: string, dealTicket: string, price: string, message: string): Record<string, string> {
  return {
    type: quoted('trade_result'),
    signal_id: quoted(signalId),
    status: quoted('success'),
    ticket: dealTicket,
    price,
    message: quoted(message),
    ...figures(),
    timestamp: timestamp(),
  };
}

function tell(): void {
  const { balance, equity } = figures();
  const count = String(openPositions());
  say(telemetry, { type: quoted('heartbeat'), balance, equity, positions: count, timestamp: timestamp() });
  say(telemetry, { type: quoted('telemetry'), uuid: quoted(flags.uuid), ...figures() });
}

function status(what: string, message: string): void {
  say(telemetry, {
    type: quoted('status'),
    status: quoted(what),
    message: quoted(message),
    ea_version: quoted('7.01'),
    account: flags.login,
    server: quoted(flags.server),
    timestamp: timestamp(),
  });
}

function statusReport(): void {
  const { balance, equity, margin } = figures();
  say(telemetry, {
    type: quoted('status_report'),
    connected: 'true',
    uptime: String(Math.floor(process.uptime())),
    messages_received: String(received),
    messages_sent: String(sent),
    open_positions: String(openPositions()),
    account_balance: balance,
    account_equity: equity,
    account_margin: margin,
    timestamp: timestamp(),
  });
}

function figures(): { balance: string; equity: string; margin: string } {
  return { balance: money(10_000), equity: money(9_990), margin: money(1) };
}

function openPositions(): number {
  return [...positions.values()].reduce((sum, count) => sum + count, 0);
}

/** Like v7's, a message is lost when the queue of 1,000 is full (W16). */
function say(socket: Push, fields: Record<string, string>): void {
  sent += 1;
  socket.send(writeObject(fields)).catch(() => undefined);
}

function timestamp(): string {
  return quoted(brokerTime(Date.now()));
}

function hang(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function required(name: 'command' | 'telemetry' | 'log'): string {
  const value = flags[name];
  if (value === undefined) throw new Error(`--${name} is missing.`);
  return value;
}
