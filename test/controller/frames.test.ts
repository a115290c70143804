import { beforeEach, describe, expect, it } from 'vitest';
import { applyEvent } from '../../src/api/state/events.ts';
import { encodeText } from '../../src/protocol/ea/codePage.ts';
import { listLimits } from '../../src/api/state/state.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;
beforeEach(() => {
  bench = bridgeBench();
});

const codes = (): string[] => bench.controller.snapshot().state.alarms.map(({ code }) => code);

describe('the frames of an EA', () => {
  it('settle every order that one of them speaks of', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.says(
      '{"type":"heartbeat","balance":1,"equity":2}{"type":"trade_result","signal_id":"A","status":"success","ticket":2030028288298532893,"price":"2341.35","slippage":-nan(ind)}\0rubbish',
    );
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '2030028288298532893', price: 2341.35 });
    expect(bench.state()).toMatchObject({ unreadable: 0, account: { equity: 2 } });
  });

  it('of a closed market are no quotes, and not unreadable', () => {
    bench.connect();
    bench.clock.advance(1_000);
    for (const [bid, ask] of [
      [0, 0],
      [0, 1.2],
      [1.1, 0],
    ]) {
      bench.link.says({ type: 'tick', symbol: 'EURUSD', bid, ask, spread: 0 });
    }
    expect(bench.state().unreadable).toBe(0);
    expect(bench.controller.snapshot().state.quotes['main']).toEqual([]);
  });

  it('that can not be read are kept by what they are about: results longest, ticks shortest', () => {
    bench.connect();
    let state = bench.controller.snapshot().state;
    bench.controller.follow(({ event }) => (state = applyEvent(state, event)));
    bench.link.says('{"type":"error","signal_id":"A","error":"a "quote" in it"}');
    bench.link.says('hello');
    for (let count = 0; count < 1_000; count += 1) {
      bench.link.says('{"type":"tick","symbol":"EURUSD","bid":"1.1","ask":1.2}');
      if (count % 300 === 0) bench.clock.advance(1_000);
    }
    bench.clock.advance(1_000);
    for (const { unreadable } of [state, bench.controller.snapshot().state]) {
      expect(unreadable).toHaveLength(listLimits.unreadable);
      expect(unreadable.slice(-2)).toMatchObject([
        { reason: expect.stringContaining('hello') as string },
        { about: 'result' },
      ]);
    }
    expect(bench.state().unreadable).toBe(1_002);
  });
});

describe('an EA of which nothing can be read', () => {
  it('is an alarm, once', () => {
    bench.connect();
    for (let count = 0; count < 4; count += 1) {
      bench.link.says('{"type":"heartbeat","balance":nan,"equity":nan}');
      expect(codes().includes('nothing_readable')).toBe(count >= 2);
      bench.clock.advance(5_000);
    }
    const [alarm] = bench.controller.snapshot().state.alarms.filter(({ code }) => code === 'nothing_readable');
    expect(alarm).toMatchObject({ count: 1, text: expect.stringContaining('"balance"') as string });
  });

  it('is not one that says something readable now and then', () => {
    bench.connect();
    for (let count = 0; count < 40; count += 1) {
      bench.link.says(count % 8 === 7 ? { type: 'heartbeat', balance: 1, equity: 1 } : 'hello');
      bench.clock.advance(1_000);
    }
    expect(codes()).not.toContain('nothing_readable');
  });
});

describe('the code page of a terminal', () => {
  const cyrillic = (text: string): Uint8Array => encodeText(text, 'windows-1251') ?? new Uint8Array();

  it('is that of the bridge: texts are read by it, and a symbol is sent in it', async () => {
    bench = bridgeBench({ codePage: 'windows-1251' });
    bench.connect();
    const order = await bench.fire({ signalId: 'A', symbol: 'GOLD Ж' });
    expect(order).toMatchObject({ state: 'sent', symbol: 'GOLD Ж' });
    expect(bench.link.sent.at(-1)).toContain('"symbol":"GOLD \u00c6"');
    bench.link.to.frame(cyrillic('{"type":"error","signal_id":"A","error":"Нет денег (10019)"}'), 'telemetry', null);
    expect(bench.order('A').message).toContain('Нет денег');
    const { frames } = bench.controller.journal.wire({ bridge: 'main', after: 0, limit: 1_000 });
    expect(frames.slice(-2).map(({ text }) => text)).toEqual([
      expect.stringContaining('"symbol":"GOLD Ж"') as string,
      expect.stringContaining('Нет денег') as string,
    ]);
    expect(frames.at(-2)).toMatchObject({ kind: 'signal', note: 'buy', signalId: 'A' });
  });

  it('that lacks a character of a symbol sends nothing', async () => {
    bench.connect();
    bench.link.takeSent();
    expect(await bench.fire({ symbol: 'GOLD Ж' })).toMatchObject({
      state: 'refused',
      refusal: { code: 'invalid_symbol' },
    });
    expect(bench.link.sent).toEqual([]);
  });

  it('disarms when it is changed', () => {
    bench.connect();
    bench.controller.bridge('main').configure({ codePage: 'gbk' }, 'ticket');
    expect(bench.state()).toMatchObject({ armed: false, codePage: 'gbk' });
  });
});

describe('texts from outside', () => {
  it('are shown and not obeyed, wherever they come to', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.says('{"type":"error","signal_id":"A","error":"\\u001b[2J\u202eno\\nyes"}');
    bench.link.says(
      '{"type":"status","status":"config","account":7,"server":"S\\u001b]0;x\u2066","ea_version":"\u009b1"}',
    );
    bench.link.says('{"type":"\u202eEVIL\\u001b"}');
    bench.link.says('\u001b[31m');
    bench.clock.advance(1_000);
    const { state } = bench.controller.snapshot();
    expect(bench.order('A').message).toContain('␛[2J\\u202Eno␊yes');
    expect(state.bridges[0]?.account).toMatchObject({ server: 'S␛]0;x\\u2066', eaVersion: '\\u009B1' });
    expect(JSON.stringify(state)).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\\u001b/i);
  });
});
