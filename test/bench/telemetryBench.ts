import { setTimeout as wait } from 'node:timers/promises';
import { Pull } from 'zeromq';
import { drain } from '../../src/zmq/drain.ts';
import { eachMessage } from '../../src/zmq/eachMessage.ts';
import { run } from '../support/processes.ts';
import { openBenchApp } from './benchApp.ts';

const warmUpMs = 3_000;
const measureMs = 3_000;

interface Flooded {
  /** Messages a second. */
  rate: number;
  /** CPU time of the main thread for one message, in µs: unlike the rate, it hardly depends on what else the machine does. */
  cpuUs: number;
}

/** What a counter rises by, while a peer in another process floods an endpoint. */
async function flooded(endpoint: string, count: () => number): Promise<Flooded> {
  const peer = run(['test/bench/floodPeer.ts', endpoint]);
  try {
    // The first two seconds are history to the app (W16).
    await wait(warmUpMs);
    const [from, before, cpuBefore] = [performance.now(), count(), threadCpuUs()];
    await wait(measureMs);
    const messages = count() - before;
    const rate = (messages / (performance.now() - from)) * 1000;
    return { rate, cpuUs: (threadCpuUs() - cpuBefore) / messages };
  } finally {
    await peer.end('SIGKILL');
  }
}

function threadCpuUs(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/** A PULL loop that does nothing with what it receives. @param receiveAll zeromq.js's usual one, or the desk's */
async function bareTelemetry(receiveAll: typeof eachMessage<Buffer[]> | typeof drain): Promise<Flooded> {
  const socket = new Pull();
  await socket.bind('tcp://127.0.0.1:*');
  let received = 0;
  const loop = receiveAll(socket, () => {
    received += 1;
  });
  const figures = await flooded(socket.lastEndpoint ?? '', () => received);
  socket.close();
  await loop;
  return figures;
}

/** Socket → parse → controller → batched contract event at a client. */
async function pipelineTelemetry(): Promise<Flooded> {
  const app = await openBenchApp();
  let events = 0;
  app.client.follow(() => (events += 1));
  const figures = await flooded(
    app.link.endpoints.telemetry,
    () => app.controller.bridge('main').state().channels.telemetry.messages,
  );
  await app.stop();
  if (events === 0) throw new Error('No event has reached the client.');
  return figures;
}

function measure(subject: string): Promise<Flooded> {
  switch (subject) {
    case 'baseline':
      return bareTelemetry(eachMessage);
    case 'drain':
      return bareTelemetry(drain);
    default:
      return pipelineTelemetry();
  }
}

process.stdout.write(JSON.stringify(await measure(process.argv[2] ?? '')), () => process.exit());
