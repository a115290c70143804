import { Context, Dealer, Request, Subscriber } from 'zeromq';
import { afterEach, describe, expect, it } from 'vitest';
import type { SocketPatterns } from '../../src/protocol/ea/socketPatterns.ts';
import { openLink } from '../../src/zmq/openLink.ts';
import { linkOptions } from '../support/linkOptions.ts';
import { RecordingListener } from '../support/recordingListener.ts';
import { until } from '../support/until.ts';
import { Undos } from '../torture/appHarness.ts';
import type { Link } from '../../src/controller/ports/link.ts';

const undos = new Undos();
afterEach(() => undos.all());

async function open(patterns: SocketPatterns): Promise<{ link: Link; recorded: RecordingListener; context: Context }> {
  const link = await openLink({
    ...linkOptions,
    feedbackPort: patterns.feedback === 'req' ? 0 : null,
    patterns,
    telemetryPeers: 3,
  });
  undos.add(() => link.close());
  const recorded = new RecordingListener();
  link.start(recorded);
  const context = new Context();
  context.blocky = false;
  return { link, recorded, context };
}

describe('commands by PUB (S7)', () => {
  const subscriber = (context: Context, link: Link, ...topics: string[]): Subscriber => {
    const socket = new Subscriber({ context, linger: 0, receiveTimeout: 2_000, reconnectInterval: 20 });
    undos.add(() => {
      socket.close();
    });
    if (topics.length > 0) socket.subscribe(...topics);
    socket.connect(link.endpoints.command);
    return socket;
  };

  it('counts a SUB as connected from its subscription on, and sends it only what it subscribed to', async () => {
    const { link, recorded, context } = await open({ command: 'pub', feedback: 'push' });
    const socket = subscriber(context, link, '{"type":"signal"');
    await until(() => recorded.joined.length === 1, 'the subscriber has joined');
    expect(await link.send('{"type":"ping"}')).toBe(false);
    expect(await link.send('{"type":"signal","n":1}')).toBe(true);
    expect(String(await socket.receive())).toBe('{"type":"signal","n":1}');
    socket.unsubscribe('{"type":"signal"');
    await until(() => recorded.left.length === 1, 'it can take nothing any more');
    expect(await link.send('{"type":"signal","n":2}')).toBe(false);
    socket.subscribe('');
    await until(() => recorded.joined.length === 2, 'it can take everything');
    expect(await link.send('{"type":"ping"}')).toBe(true);
  });

  it('tells of a SUB that subscribes to nothing', async () => {
    const { link, recorded, context } = await open({ command: 'pub', feedback: 'push' });
    subscriber(context, link);
    await until(() => recorded.unexpectedPeers.length === 1, 'it is told of', 4_000);
    expect(recorded.unexpectedPeers[0]).toBe('command: no_subscription');
    expect(recorded.joined).toEqual([]);
    expect(await link.send('{"type":"ping"}')).toBe(false);
  });

  it('takes a burst in order, and nothing beyond what the subscriber takes', async () => {
    const { link, recorded, context } = await open({ command: 'pub', feedback: 'push' });
    const socket = subscriber(context, link, '');
    await until(() => recorded.joined.length === 1, 'the subscriber has joined');
    const texts = Array.from({ length: 50 }, (_, index) => `{"n":${String(index)}}`);
    expect(await Promise.all(texts.map((text) => link.send(text)))).toEqual(texts.map(() => true));
    const received: string[] = [];
    while (received.length < texts.length) received.push(String(await socket.receive()));
    expect(received).toEqual(texts);
  });

  it('refuses a second SUB, which shows as no subscription of its own', async () => {
    const { link, recorded, context } = await open({ command: 'pub', feedback: 'push' });
    subscriber(context, link, '');
    await until(() => recorded.joined.length === 1, 'the first has joined');
    const second = subscriber(context, link, '');
    await until(() => recorded.refused.length > 0, 'the second is refused');
    second.receiveTimeout = 300;
    expect(await link.send('{"n":1}')).toBe(true);
    await expect(second.receive()).rejects.toThrow();
  });
});

describe('feedback by REQ (S8)', () => {
  it('answers several peers when it is told to, in any order, and a DEALER without an envelope too', async () => {
    const { link, recorded, context } = await open({ command: 'push', feedback: 'req' });
    const requests = [1, 2].map(() => new Request({ context, linger: 0, receiveTimeout: 2_000 }));
    const dealer = new Dealer({ context, linger: 0, receiveTimeout: 2_000 });
    for (const socket of [...requests, dealer]) {
      socket.connect(link.endpoints.feedback);
      undos.add(() => {
        socket.close();
      });
    }
    await requests[0]?.send('first');
    await until(() => recorded.frames.length === 1, 'the first is there');
    await requests[1]?.send('second');
    await until(() => recorded.frames.length === 2, 'the second is there');
    await dealer.send(['thi', 'rd']);
    await until(() => recorded.frames.length === 3, 'the third is there');
    expect(recorded.texts()).toEqual(['first', 'second', 'third']);
    for (const [index, reply] of [...recorded.replies.entries()].reverse()) reply?.(`ack ${String(index)}`);
    expect(String(await dealer.receive())).toBe('ack 2');
    expect(String(await requests[1]?.receive())).toBe('ack 1');
    expect(String(await requests[0]?.receive())).toBe('ack 0');
  });

  it('is not wedged by peers that leave before they are answered', async () => {
    const { link, recorded, context } = await open({ command: 'push', feedback: 'req' });
    for (let round = 1; round <= 10; round += 1) {
      const socket = new Request({ context, linger: 0 });
      socket.connect(link.endpoints.feedback);
      await socket.send(`round ${String(round)}`);
      await until(() => recorded.frames.length === round, 'it is there');
      socket.close();
      await until(() => recorded.left.length === round, 'it has left', 2_000);
      recorded.replies.at(-1)?.('too late');
    }
    const last = new Request({ context, linger: 0, receiveTimeout: 2_000 });
    undos.add(() => {
      last.close();
    });
    last.connect(link.endpoints.feedback);
    await last.send('last');
    await until(() => recorded.frames.length === 11, 'it is there');
    recorded.replies.at(-1)?.('in time');
    expect(String(await last.receive())).toBe('in time');
  });
});
