import { setTimeout as wait } from 'node:timers/promises';
import { Context, Dealer, Publisher, Push, Subscriber } from 'zeromq';
import { expect, vi } from 'vitest';
import { faultsOf } from '../../../src/base/guard.ts';
import { listenToFeed } from '../../../src/gateway/listenToFeed.ts';
import { openGateway } from '../../../src/gateway/openGateway.ts';
import { openPublication } from '../../../src/gateway/openPublication.ts';
import type { AdmissionAnswer } from '../../../src/zmq/admission.ts';
import { commandWriter } from '../../../src/zmq/commandWriter.ts';
import { openLink } from '../../../src/zmq/openLink.ts';
import { Subscriptions } from '../../../src/zmq/subscriptions.ts';
import { openZapHandler } from '../../../src/zmq/zapHandler.ts';
import { linkOptions } from '../../support/linkOptions.ts';
import { freePort } from '../../support/freePort.ts';
import { until } from '../../support/until.ts';
import type { Walk, Walker } from './walk.ts';
import type { LinkListener } from '../../../src/controller/ports/link.ts';

async function linkWith({ bug, faults, undo }: Walker, feedback: 'push' | 'req' = 'push') {
  const listener: LinkListener = { frame: bug, peerJoined: bug, peerLeft: bug, peerRefused: bug, unexpectedPeer: bug };
  const link = await openLink({
    ...linkOptions,
    feedbackPort: feedback === 'req' ? 0 : null,
    patterns: { command: 'push', feedback },
    logError: faults.take,
  });
  undo(() => link.close());
  link.start(listener);
  return link;
}

export const frames: Walk = async (walker) => {
  const link = await linkWith(walker);
  const push = new Push({ context: new Context(), linger: 0, sendTimeout: 5_000 });
  walker.undo(() => {
    push.close();
  });
  push.connect(link.endpoints.telemetry);
  for (const text of ['one', 'two', 'three']) await push.send(text);
  await walker.counted('frame', 3);
  expect(link.check?.()).toBeNull();
};

export const framesToAnswer: Walk = async (walker) => {
  const link = await linkWith(walker, 'req');
  const dealer = new Dealer({ context: new Context(), linger: 0, sendTimeout: 5_000 });
  walker.undo(() => {
    dealer.close();
  });
  dealer.connect(link.endpoints.feedback);
  for (const text of ['one', 'two', 'three']) await dealer.send(['', text]);
  await walker.counted('frame', 3);
  expect(link.check?.()).toBeNull();
};

export const socketEvents: Walk = async (walker) => {
  const link = await linkWith(walker);
  for (let time = 0; time < 2; time += 1) {
    const push = new Push({ context: new Context(), linger: 0, sendTimeout: 5_000 });
    push.connect(link.endpoints.telemetry);
    await push.send('{}');
    // It joins two channels, and leaves them.
    await walker.counted('socket event', 4 * time + 2);
    push.close();
    await walker.counted('socket event', 4 * time + 4);
  }
  expect(link.check?.()).toBeNull();
};

/** libzmq knocks again by itself, and is let in once the answer can be given. */
export const whoMayConnect: Walk = async ({ bug, faults, undo }) => {
  const context = new Context();
  context.blocky = false;
  let asked = 0;
  const decide = (): AdmissionAnswer => {
    asked += 1;
    return asked <= 3 ? bug() : 'admit';
  };
  const zap = await openZapHandler(context, decide, faultsOf('zap', faults.take));
  const publisher = new Publisher({ context, zapDomain: 'command', handshakeInterval: 50, linger: 0 });
  await publisher.bind('tcp://127.0.0.1:*');
  const peer = new Subscriber({ context: new Context(), linger: 0, reconnectInterval: 20, receiveTimeout: 20_000 });
  undo(() => {
    for (const each of [peer, publisher, zap]) each.close();
  });
  peer.subscribe();
  peer.connect(publisher.lastEndpoint ?? '');
  const reply = peer.receive();
  let arrived = false;
  const told = reply.then(() => (arrived = true));
  await until(async () => {
    await publisher.send('let in');
    await wait(5);
    return arrived;
  }, 'the peer is let in');
  await told;
  expect(faults.total('zap')).toBe(3);
};

export const commands: Walk = async ({ bug, faults }) => {
  const sent: string[] = [];
  const socket = {
    writable: true,
    send: (frame: string | Uint8Array) => {
      sent.push(String(frame));
      return Promise.resolve();
    },
  };
  const onFault = faultsOf('command', faults.take);
  const write = commandWriter(
    socket,
    () => true,
    () => 1,
    onFault,
  );
  expect(await Promise.all([write('a', bug), write('b', bug), write('c')])).toEqual([false, false, true]);
  expect(sent).toEqual(['c']);
};

export const gateway: Walk = async ({ bug, counted, faults, undo }) => {
  const opened = await openGateway(0, faults.take);
  const dealer = new Dealer({ linger: 0 });
  undo(() => {
    dealer.close();
    opened.close();
  });
  opened.serve({ request: bug });
  dealer.connect(opened.endpoint);
  for (const text of ['{}', 'no JSON', '']) await dealer.send(text);
  await counted('gateway', 3);
};

/** What subscribers say is read at one end of it, and what EAs send goes out at the other. */
export const publication: Walk = async ({ bug, counted, faults, undo }) => {
  const broken = vi.spyOn(Subscriptions.prototype, 'apply').mockImplementation(bug);
  undo(() => {
    broken.mockRestore();
  });
  const opened = await openPublication(0, faults.take);
  const peer = new Subscriber({ linger: 0, receiveTimeout: 20_000 });
  undo(() => {
    peer.close();
    opened.close();
  });
  peer.connect(opened.endpoint);
  peer.subscribe('a', 'b');
  await counted('publication');
  broken.mockRestore();
  peer.subscribe('{');
  await until(() => opened.hasSubscribers, 'the next subscription is taken');
  // No text, as only a bug could hand over: what waits with it goes out all the same.
  for (const text of [Object.create(null) as string, '{}']) opened.publish(text);
  expect(String(await peer.receive())).toBe('{}');
  await counted('publication', 3);
};

export const feed: Walk = async ({ bug, counted, faults, undo }) => {
  const publisher = new Publisher({ linger: 0 });
  await publisher.bind(`tcp://127.0.0.1:${String(await freePort())}`);
  const endpoint = publisher.lastEndpoint ?? '';
  undo(() => {
    publisher.close();
  });
  const settings = { topics: [], endpoint } as unknown as Parameters<typeof listenToFeed>[0];
  undo(listenToFeed(settings, { frame: bug, connected: bug }, faults.take));
  await until(async () => {
    await publisher.send('{}');
    await wait(5);
    return faults.total('feed') >= 3;
  }, 'three are counted');
  await counted('feed', 3);
};
