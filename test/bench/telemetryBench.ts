import { setTimeout as wait } from 'node:timers/promises';
import { Pull } from 'zeromq';
import { eachMessage } from '../../src/zmq/eachMessage.ts';
import { run } from '../support/processes.ts';
import { openBenchApp } from './benchApp.ts';

const warmUpMs = 3_000;
const measureMs = 3_000;

/** Messages a second that a counter rises by, while a peer in another process floods an endpoint. */
async function flooded(endpoint: string, count: () => number): Promise<number> {
  const peer = run(['test/bench/floodPeer.ts', endpoint]);
  try {
    // The first two seconds are history to the app (W16).
    await wait(warmUpMs);
    const [from, before] = [performance.now(), count()];
    await wait(measureMs);
    return ((count() - before) / (performance.now() - from)) * 1000;
  } finally {
    await peer.end('SIGKILL');
  }
}

/** A bare zeromq.js PULL loop that does nothing with what it receives. */
async function bareTelemetry(): Promise<number> {
  const socket = new Pull();
  await socket.bind('tcp://127.0.0.1:*');
  let received = 0;
  const loop = eachMessage(socket, () => {
    received += 1;
  });
  const rate = await flooded(socket.lastEndpoint ?? '', () => received);
  socket.close();
  await loop;
  return rate;
}

/** Socket → parse → controller → batched contract event at a client. */
async function pipelineTelemetry(): Promise<number> {
  const app = await openBenchApp();
  let events = 0;
  app.client.follow(() => (events += 1));
  const rate = await flooded(
    app.link.endpoints.telemetry,
    () => app.controller.bridge('main').state().channels.telemetry.messages,
  );
  await app.stop();
  if (events === 0) throw new Error('No event has reached the client.');
  return rate;
}

process.stdout.write(JSON.stringify(await (process.argv[2] === 'baseline' ? bareTelemetry() : pipelineTelemetry())));
process.exit();
