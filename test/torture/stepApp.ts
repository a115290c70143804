import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { FireRequest } from '../../src/api/contract.ts';
import { Controller } from '../../src/controller/controller.ts';
import type { JournalEntry } from '../../src/controller/ports/journalEntry.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { systemClock } from '../../src/host/machine/systemClock.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { openLink } from '../../src/zmq/openLink.ts';
import { mainBridge } from '../support/mainBridge.ts';
import { until } from '../support/until.ts';
import type { Step } from './steps.ts';
import { noEngines } from '../support/memoryEngines.ts';
import { defaultSettings } from '../../src/api/settings/appSettings.ts';
import { sha256 } from '../../src/host/machine/sha256.ts';
import type { Link } from '../../src/controller/ports/link.ts';

// The core on its real journal and sockets. It fires one order that nothing happens to, and then one during which it
// kills itself at a step, which a signal from outside can't hit. Without --step it ends cleanly after the first.

const { values: flags } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: '' },
    command: { type: 'string', default: '' },
    telemetry: { type: 'string', default: '' },
    step: { type: 'string' },
    /** Unique: the beginning of both orders' IDs. */
    life: { type: 'string', default: '' },
  },
});
const step = flags.step as Step | undefined;
const proofId = `${flags.life}_PROOF`;
const faultId = `${flags.life}_FAULT`;

const dieAt = (here: Step): void => {
  // SIGKILL to oneself takes effect before the call returns.
  if (step === here) process.kill(process.pid, 'SIGKILL');
};
/** Within this time a frame that was sent has arrived at an EA that takes longer than that to answer. */
const arriveMs = 50;
const logError = (sentence: string, error?: unknown): void => {
  throw new Error(sentence, { cause: error });
};

const opened = openSqliteJournal({ dataDir: flags['data-dir'], now: () => systemClock.now(), logError });
const link = await openLink({
  host: '127.0.0.1',
  commandPort: Number(flags.command),
  telemetryPort: Number(flags.telemetry),
  feedbackPort: null,
  patterns: { command: 'push', feedback: 'push' },
  allowPeers: [],
  telemetryPeers: 1,
  logError,
});
const controller = new Controller({
  clock: systemClock,
  random: (count) => randomBytes(count),
  sha256,
  journal: mortalJournal(opened.journal),
  app: {
    version: 'torture',
    dataDir: flags['data-dir'],
    logDir: '',
    shippedEaVersion: null,
    gateway: null,
    publish: null,
  },
  settings: defaultSettings,
  ...noEngines,
  logError,
});
const bridge = controller.addBridge({ ...mainBridge, armed: false }, mortalLink(link));

await until(() => {
  const { stream, account } = bridge.state();
  return stream === 'current' && account.login !== null && account.equity !== null;
}, 'the EA has caught up and named its account');
bridge.orderManager.arm('command line');

await fireUntilFilled(proofId);
if (step !== undefined) {
  await fireUntilFilled(faultId);
  throw new Error(`It was to be killed ${step}, and lives.`);
}
await controller.stop();
await opened.journal.close();
process.exit(0);

async function fireUntilFilled(signalId: string): Promise<void> {
  const request: FireRequest = {
    bridge: 'main',
    action: 'buy',
    symbol: signalId,
    lot: 0.1,
    sl: 20,
    tp: 40,
    signalId,
    confirmed: [],
  };
  const { number, refusal } = await controller.orders.fire(request, 'command line');
  // The machine stood still: the ID is free, and the moment another.
  if (refusal?.code === 'expired') return fireUntilFilled(signalId);
  await until(() => {
    const order = controller.snapshot().state.orders.find((each) => each.number === number);
    if (order?.state === 'refused') throw new Error(`${signalId} was refused: ${order.refusal?.reason ?? ''}`);
    return order?.state === 'filled';
  }, `${signalId} is filled`);
  // The result is in the journal some milliseconds later.
  await until(() => opened.journal.findSent('main', signalId)?.state === 'filled', `${signalId} is journalled`);
}

function mortalJournal(journal: Journal): Journal {
  const holds = (entries: JournalEntry[], state: 'sent' | 'filled'): boolean =>
    entries.some(
      ({ ...entry }) => entry.type === 'order' && entry.order.signalId === faultId && entry.order.state === state,
    );
  return {
    ...journal,
    write: (rows) => {
      const entries = rows.map(({ entry }) => entry);
      const sends = holds(entries, 'sent');
      const settles = holds(entries, 'filled');
      if (sends) dieAt('before the commit');
      if (settles) dieAt('before the feedback is journalled');
      journal.write(rows);
      if (sends) dieAt('after the commit');
      if (settles) dieAt('after the feedback is journalled');
    },
  };
}

function mortalLink(real: Link): Link {
  return {
    ...real,
    send: async (frame, still = () => true) => {
      if (!Buffer.from(frame).includes(`"${faultId}"`)) return real.send(frame, still);
      // `still` is asked right before the socket is tried.
      const taken = await real.send(frame, () => {
        dieAt('inside the send');
        return still();
      });
      dieAt('after the send');
      if (step === 'while the EA works on it') await wait(arriveMs);
      dieAt('while the EA works on it');
      return taken;
    },
  };
}
