import { beforeEach, describe, expect, it } from 'vitest';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
});

const lamps = () => {
  const { command, telemetry, feedback } = bench.state().channels;
  return [command.state, telemetry.state, feedback.state];
};
const types = () => bench.link.takeSent().map(({ type, command, param }) => command ?? param ?? type);

describe('the channels', () => {
  it('listen, connect, live and go down', () => {
    expect(lamps()).toEqual(['listening', 'listening', 'listening']);
    bench.link.join();
    expect(lamps()).toEqual(['connected', 'connected', 'connected']);
    bench.answerPings();
    bench.clock.advance(1_000);
    bench.answerPings();
    expect(lamps()).toEqual(['live', 'connected', 'live']);
    bench.heartbeat();
    expect(lamps()).toEqual(['live', 'live', 'live']);
    bench.link.leave();
    expect(lamps()).toEqual(['down', 'down', 'down']);
    bench.link.join();
    expect(lamps()).toEqual(['connected', 'connected', 'connected']);
  });

  it('are quiet after three intervals: 15 s for telemetry, 90 s for the others', () => {
    bench.connect();
    bench.link.says({ type: 'pong' });
    bench.clock.advance(15_001);
    expect(lamps()).toEqual(['live', 'quiet', 'live']);
    bench.clock.advance(75_000);
    expect(lamps()).toEqual(['quiet', 'quiet', 'quiet']);
    bench.link.says({ type: 'status_report', account_balance: 1, account_equity: 1 });
    expect(lamps()).toEqual(['quiet', 'quiet', 'live']);
  });

  it.each([
    ['telemetry', { type: 'tick', symbol: 'EURUSD', bid: 1.1, ask: 1.2 }],
    ['telemetry', { type: 'candle_batch', symbol: 'EURUSD' }],
    ['telemetry', { balance: 1, equity: 1 }],
    ['feedback', { type: 'status', status: 'config' }],
    ['feedback', { type: 'error', signal_id: 'x', error: 'y' }],
    ['feedback', { type: 'pong' }],
  ] as const)('count on %s: %j', (channel, message) => {
    bench.connect();
    const before = bench.state().channels[channel].messages;
    bench.link.says(message);
    expect(bench.state().channels[channel].messages).toBe(before + 1);
  });

  it('tell peer, rate and the time of the last message', () => {
    bench.connect();
    const { clock } = bench;
    clock.advance(1_000);
    for (let step = 0; step < 50; step += 1) {
      bench.heartbeat();
      clock.advance(100);
    }
    expect(bench.state().channels.telemetry).toMatchObject({
      peer: '127.0.0.1',
      rate: 10,
      lastMessageAt: clock.now() - 100,
    });
    clock.advance(10_000);
    expect(bench.state().channels.telemetry.rate).toBe(0);
  });
});

describe('catching up (W16)', () => {
  it('takes frames for history until two pings a second apart were answered', () => {
    bench.link.join();
    for (let stale = 0; stale < 5; stale += 1) {
      bench.heartbeat();
      bench.link.says({ type: 'pong' });
    }
    expect(bench.state()).toMatchObject({ stream: 'history', backlog: 10, account: { equity: null } });
    bench.clock.advance(1_000);
    expect(bench.state().stream).toBe('history');
    bench.link.says({ type: 'pong' });
    bench.heartbeat();
    expect(bench.state()).toMatchObject({ stream: 'current', account: { equity: 2987.5 } });
  });

  it('counts frames that come before the handshake is told', () => {
    bench.heartbeat();
    bench.heartbeat();
    bench.link.join();
    bench.heartbeat();
    expect(bench.state()).toMatchObject({ stream: 'history', backlog: 3 });
    bench.link.leave();
    bench.link.join();
    expect(bench.state()).toMatchObject({ stream: 'history', backlog: 0 });
  });

  it('takes 2 s of traffic for an EA without pong, and no silence for traffic', () => {
    bench.link.join();
    bench.clock.advance(60_000);
    expect(bench.state().stream).toBe('history');
    bench.heartbeat();
    bench.clock.advance(1_999);
    bench.heartbeat();
    expect(bench.state().stream).toBe('history');
    bench.clock.advance(1);
    expect(bench.state().stream).toBe('current');
  });

  it('takes 2 s of traffic on the feedback port while telemetry is away, of an EA that answered pings too', () => {
    bench.connect();
    bench.link.leave('telemetry');
    const answer = { type: 'status', status: 'config' };
    bench.link.to.frame(new TextEncoder().encode(JSON.stringify(answer)), 'feedback', null);
    expect(bench.state().stream).toBe('idle');
    bench.clock.advance(2_000);
    expect(bench.state().stream).toBe('current');
  });

  it('waits for pongs alone after an EA that answered pings has left the command port', () => {
    bench.connect();
    bench.link.leave('command');
    bench.link.join('command');
    bench.heartbeat();
    bench.clock.advance(2_000);
    bench.heartbeat();
    expect(bench.state().stream).toBe('history');
  });

  it('keeps history in the journal and out of the account, the quotes and the lamps', () => {
    bench.link.join();
    bench.heartbeat();
    bench.link.says({ type: 'tick', symbol: 'EURUSD', bid: 1.1, ask: 1.2 });
    bench.link.says({ type: 'status', status: 'startup', account: 1, server: 'Old' });
    bench.clock.advance(10);
    const kept = bench.journal.entries().filter(({ entry }) => entry.type === 'history_frame');
    expect(kept).toHaveLength(3);
    expect(bench.state().account).toMatchObject({ equity: null, login: null });
    expect(bench.controller.snapshot().state.quotes['main']).toEqual([]);
    expect(lamps()).toEqual(['connected', 'connected', 'connected']);
  });

  it('lets a result from the backlog settle an order in doubt, and alarms no other', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.leave();
    bench.link.join();
    bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 5, price: 1.5 });
    bench.link.says({ type: 'trade_result', signal_id: 'OLD', status: 'success', ticket: 4, price: 1.5 });
    expect(bench.order('A')).toMatchObject({ state: 'filled', late: true, ticket: '5' });
    const alarms = bench.controller.snapshot().state.alarms.map(({ code }) => code);
    expect(alarms).toContain('feedback_from_before');
    expect(alarms).not.toContain('unasked_feedback');
  });

  it('begins anew with every stream', () => {
    bench.connect();
    bench.link.leave('telemetry', 'feedback');
    expect(bench.state().stream).toBe('idle');
    bench.link.join('telemetry', 'feedback');
    expect(bench.state().stream).toBe('history');
  });
});

describe('the questions to the EA', () => {
  it('are two pings at the handshake, then slippage and status (W7)', () => {
    bench.link.join();
    expect(types()).toEqual(['ping']);
    bench.clock.advance(1_000);
    expect(types()).toEqual(['ping']);
    bench.link.says({ type: 'pong' });
    expect(types()).toEqual([]);
    bench.clock.advance(1_000);
    bench.heartbeat();
    expect(types()).toEqual([]);
  });

  it('come once the stream is current, status every 5 s, a ping every 30 s (W8)', () => {
    bench.link.join();
    bench.answerPings();
    bench.clock.advance(1_000);
    bench.link.takeSent();
    bench.link.says({ type: 'pong' });
    expect(types()).toEqual(['slippage', 'status']);
    for (let step = 0; step < 12; step += 1) {
      bench.link.says({ type: 'status_report', account_balance: 1, account_equity: 1 });
      bench.clock.advance(5_000);
    }
    const asked = types();
    expect(asked.filter((type) => type === 'ping')).toHaveLength(2);
    expect(asked.filter((type) => type === 'status')).toHaveLength(12);
  });

  it('are no more after telemetry was lost and came back many times', () => {
    bench.connect();
    for (let count = 0; count < 10; count += 1) {
      bench.link.leave('telemetry', 'feedback');
      bench.link.join('telemetry', 'feedback');
      bench.answerPings();
      bench.clock.advance(1_100);
      bench.answerPings();
    }
    bench.link.takeSent();
    for (let step = 0; step < 100; step += 1) {
      bench.clock.advance(100);
      bench.link.says({ type: 'status_report', account_balance: 1, account_equity: 1 });
    }
    expect(types().filter((type) => type === 'status')).toHaveLength(2);
  });

  it('ask for status no more when three in a row went unanswered', () => {
    bench.connect();
    bench.clock.advance(60_000);
    expect(types().filter((type) => type === 'status')).toHaveLength(2);
  });

  it('tell the name of the account and the EA, its margin and the round trip', () => {
    bench.link.join();
    bench.answerPings();
    bench.clock.advance(1_000);
    bench.clock.advance(80);
    bench.link.says({ type: 'pong' });
    bench.link.says({ type: 'status', status: 'config', ea_version: '7.01', account: 843859, server: 'Coinexx-Demo' });
    bench.link.says({
      type: 'status_report',
      open_positions: 2,
      account_balance: 3000,
      account_equity: 2900,
      account_margin: 1450,
    });
    expect(bench.state()).toMatchObject({
      roundTripMs: 80,
      account: {
        login: '843859',
        server: 'Coinexx-Demo',
        eaVersion: '7.01',
        trading: 'demo',
        balance: 3000,
        equity: 2900,
        margin: 1450,
        freeMargin: 1450,
        marginLevel: 200,
        profit: -100,
        positions: 2,
      },
    });
  });

  it('are asked again of an EA that reconnects, whose name is not known until then', () => {
    bench.connect();
    bench.link.says({ type: 'status', status: 'config', account: 843859, server: 'Coinexx-Demo' });
    bench.link.leave();
    bench.link.join();
    expect(bench.state().account).toMatchObject({ login: null, server: null, trading: 'unknown' });
  });
});

describe('the loss of an EA', () => {
  const told = () =>
    bench.controller
      .snapshot()
      .state.alarms.filter(({ code }) => code === 'ea_lost')
      .map(({ level, count }) => ({ level, count }));

  it('raises one alarm on an armed bridge, although every channel breaks', () => {
    bench.connect();
    bench.link.leave();
    expect(told()).toEqual([{ level: 'critical', count: 1 }]);
    bench.connect();
    bench.link.leave();
    expect(told()).toEqual([{ level: 'critical', count: 2 }]);
  });

  it('raises none on a bridge that is not armed', () => {
    bench.connect();
    bench.controller.bridge('main').orderManager.disarm(null);
    bench.link.leave();
    expect(told()).toEqual([]);
  });
});

describe('a second EA (S3)', () => {
  it('stops trading at once, alarms when the first one stays, and lets a person resume', async () => {
    bench.connect();
    bench.link.to.peerRefused('command', '127.0.0.1', 'second');
    expect((await bench.fire()).refusal?.code).toBe('second_ea');
    bench.clock.advance(2_000);
    expect(bench.controller.snapshot().state.alarms.map(({ code }) => code)).toEqual(['second_ea']);
    bench.link.to.peerRefused('command', '127.0.0.1', 'second');
    expect(() => {
      bench.controller.connections.resumeTrading('main', 'ticket');
    }).toThrow('still tries');
    bench.clock.advance(3_000);
    bench.heartbeat();
    expect((await bench.fire()).refusal?.code).toBe('second_ea');
    bench.controller.connections.resumeTrading('main', 'ticket');
    expect((await bench.fire()).state).toBe('sent');
  });

  it('that only sends telemetry is refused, told of once, and stops nothing', async () => {
    bench.connect();
    bench.link.to.peerRefused('telemetry', '127.0.0.1', 'second');
    for (let second = 1; second <= 8; second += 1) {
      bench.clock.advance(1_000);
      bench.link.to.peerRefused('telemetry', '127.0.0.1', 'second');
    }
    bench.heartbeat();
    expect(bench.state().secondPeer).toMatchObject({ channel: 'telemetry', attempts: 9 });
    expect(bench.controller.snapshot().state.alarms.map(({ code, count }) => [code, count])).toEqual([
      ['second_sender', 1],
    ]);
    expect((await bench.fire()).state).toBe('sent');
    bench.clock.advance(3_001);
    expect(bench.state().secondPeer).toBeNull();
  });

  it('that asks for commands after it sent telemetry stops trading all the same', async () => {
    bench.connect();
    bench.link.to.peerRefused('telemetry', '127.0.0.1', 'second');
    bench.clock.advance(500);
    bench.link.to.peerRefused('command', '127.0.0.1', 'second');
    expect((await bench.fire()).refusal?.code).toBe('second_ea');
    bench.clock.advance(2_000);
    expect(bench.controller.snapshot().state.alarms.map(({ code }) => code)).toEqual(['second_ea']);
  });

  it('is no second one when the old connection turns out to be gone', async () => {
    bench.connect();
    bench.link.to.peerRefused('command', '127.0.0.1', 'second');
    bench.link.leave();
    bench.connect();
    bench.clock.advance(3_000);
    expect(bench.controller.snapshot().state.alarms.map(({ code }) => code)).toEqual(['ea_lost']);
    expect((await bench.fire()).state).toBe('sent');
  });
});

describe('unreadable frames', () => {
  it('are kept with bytes and reason, bounded, and all counted', () => {
    bench.connect();
    for (let index = 0; index < 1_000; index += 1) bench.link.says(`broken ${String(index)}`);
    bench.clock.advance(250);
    const { unreadable } = bench.controller.snapshot().state;
    expect(bench.state().unreadable).toBe(1_000);
    expect(unreadable).toHaveLength(200);
    expect(unreadable[0]).toMatchObject({ number: 1_000, size: 10, channel: 'telemetry' });
    expect(Buffer.from(unreadable[0]?.bytes ?? '', 'hex').toString()).toBe('broken 999');
  });

  it('keep the head of a huge one only', () => {
    bench.link.join();
    bench.link.to.frame(Buffer.alloc(16 * 1024 * 1024, 1), 'telemetry', null);
    bench.clock.advance(250);
    expect(bench.controller.snapshot().state.unreadable[0]).toMatchObject({
      size: 16 * 1024 * 1024,
      bytes: '01'.repeat(512),
      reason: 'The frame has 16777216 bytes; at most 1048576 are read.',
    });
  });
});

describe('a stream whose ping got lost', () => {
  it('is asked again instead of staying history', () => {
    bench.link.join();
    bench.link.takeSent();
    bench.clock.advance(1_000);
    bench.answerPings();
    expect(bench.state().stream).toBe('history');
    bench.clock.advance(1_900);
    expect(bench.link.takeSent()).toEqual([]);
    bench.clock.advance(100);
    bench.answerPings();
    expect(bench.state().stream).toBe('current');
    bench.link.takeSent();
    bench.clock.advance(4_000);
    expect(bench.link.takeSent().filter(({ type }) => type === 'ping')).toEqual([]);
  });
});

describe('an EA that comes back on telemetry while another one has its command port', () => {
  const joinWithoutPong = (uuid: string) => {
    bench.link.leave();
    bench.link.join();
    bench.link.says({ type: 'telemetry', uuid, balance: 1, equity: 1, margin: 0 });
    bench.clock.advance(2_000);
    bench.link.says({ type: 'telemetry', uuid, balance: 1, equity: 1, margin: 0 });
  };
  const telemetry = { type: 'telemetry', uuid: 'user-001', balance: 1, equity: 1, margin: 0 };

  it('is not traded on until it answers a ping again', async () => {
    bench.connect();
    bench.link.says(telemetry);
    expect((await bench.fire({ signalId: 'A' })).state).toBe('sent');
    bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 5, price: 1.5 });
    joinWithoutPong('user-001');
    expect(bench.state().stream).toBe('current');
    expect((await bench.fire({ signalId: 'B' })).refusal?.code).toBe('second_ea');
    bench.link.says({ type: 'pong' });
    expect((await bench.fire({ signalId: 'C' })).state).toBe('sent');
  });

  it('is known for one that answers pings over a restart, until a person accepts it', async () => {
    bench.connect();
    bench.link.says(telemetry);
    await bench.fire({ signalId: 'A' });
    bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 5, price: 1.5 });
    await bench.controller.stop();
    bench = bridgeBench({}, { journal: bench.journal, clock: bench.clock });

    joinWithoutPong('user-001');
    bench.clock.advance(500);
    expect(bench.state().commandProved).toBe(false);
    expect((await bench.fire({ signalId: 'B' })).refusal?.code).toBe('second_ea');
    bench.controller.connections.acceptSilentEa('main', 'ticket');
    expect(bench.state().commandProved).toBe(true);
    expect((await bench.fire({ signalId: 'C' })).state).toBe('sent');
  });

  it('is traded on when its account never answered any', async () => {
    joinWithoutPong('user-001');
    expect((await bench.fire()).state).toBe('sent');
  });
});

describe('a command port that was not opened anew', () => {
  it('alarms, beside the failure of the call', async () => {
    const bench = bridgeBench();
    bench.connect();
    bench.link.portProblem = 'Port 127.0.0.1:5555 for command is in use by another program.';
    const rebound = bench.controller.bridge('main').rebindCommand();
    await expect(rebound).rejects.toThrow('is in use by another program');
    const { alarms } = bench.controller.snapshot().state;
    expect(alarms).toMatchObject([
      { level: 'critical', code: 'command_port_lost', text: expect.stringContaining(bench.link.portProblem) as string },
    ]);
    bench.link.portProblem = null;
    await bench.controller.bridge('main').rebindCommand();
    expect(bench.controller.snapshot().state.alarms).toHaveLength(1);
  });
});
