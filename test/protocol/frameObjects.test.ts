import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEaFrame, readEaFrame } from '../../src/protocol/ea/eaFrame.ts';
import { telemetrySchema, tickSchema } from '../../src/protocol/ea/eaMessages.ts';
import { tradeResultSchema } from '../../src/protocol/ea/resultMessages.ts';
import { plainResult, plainTelemetry, plainTick } from '../../src/protocol/ea/plainMessages.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const bodyOf = (text: string): unknown => {
  const decoded = decodeEaFrame(bytes(text));
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.message.body;
};
const result = (rest: string): string => `{"type":"trade_result","signal_id":"A","status":"success",${rest}}`;

describe('a result', () => {
  it.each([
    ['8412389', '8412389'],
    ['"8412389"', '8412389'],
    ['2030028288298532893', '2030028288298532893'],
    ['18446744073709551615', '18446744073709551615'],
    ['9007199254740993.0', '9007199254740993'],
    ['-2094967295', '-2094967295'],
    ['-9223372036854775807', '-9223372036854775807'],
    ['"2030028288298532893"', '2030028288298532893'],
  ])('keeps every digit of ticket %s', (sent, ticket) => {
    expect(bodyOf(result(`"ticket":${sent},"price":2341.35`))).toMatchObject({ ticket, price: 2341.35 });
    expect(bodyOf(result(`"ticket":${sent},"price":2341.35,"slippage":nan`))).toMatchObject({ ticket, price: 2341.35 });
  });

  it.each([
    ['"2341.35000"', 2341.35],
    ['" 2341,35 "', 2341.35],
    ['2341,35', 2341.35],
    ['1,10000', 1.1],
    ['.5', 0.5],
    ['0.00000', 0],
  ])('has the price of %s', (sent, price) => {
    expect(bodyOf(result(`"ticket":7,"price":${sent},"message":"ok"`))).toMatchObject({ ticket: '7', price });
  });

  it.each([
    'NaN',
    '-NaN',
    'nan',
    '-nan(ind)',
    'nan(snan)',
    'inf',
    '-inf',
    'Infinity',
    '1.#IND',
    '-1.#IND00',
    '1.#QNAN',
    '1.#INF00',
    '12,345',
    '1.234.567,89',
    '0x1F',
    'N/A',
    '',
  ])('is not lost for a figure %j beside it, and the figure is not known', (figure) => {
    for (const rest of [`"ticket":7,"price":1.5,"lot":${figure}`, `"lot":${figure},"ticket":7,"price":1.5`]) {
      expect(bodyOf(result(rest))).toEqual({ signal_id: 'A', status: 'success', ticket: '7', price: 1.5 });
    }
  });

  it('takes a decimal comma for a point', () => {
    const rest = '"ticket":7,"price":2341,35,"balance":10000,00,"equity":9999,5,"margin":-0,25';
    expect(bodyOf(result(rest))).toMatchObject({ price: 2341.35, balance: 10000, equity: 9999.5, margin: -0.25 });
  });

  it('survives what a broker writes raw into its text', () => {
    expect(bodyOf(result('"ticket":7,"message":"C:\\Program\n\tred \u001b[31m"'))).toMatchObject({
      ticket: '7',
      message: 'C:\\Program␊␉red ␛[31m',
    });
  });

  it('ends at its brace: what memory behind a NUL held is cut', () => {
    const rubbish = ['\0', '\0C:\\\0', '\0\0{"type":"pong"}', ' \r\n', '\r\n\0x"}', 'x'];
    for (const behind of rubbish) {
      const parts = readEaFrame(bytes(result('"ticket":7') + behind));
      expect(parts).toHaveLength(1);
      expect(parts[0].decoded).toMatchObject({ ok: true, message: { body: { ticket: '7' } } });
    }
  });
});

describe('a frame', () => {
  it('of two objects is two messages', () => {
    const parts = readEaFrame(bytes(`${result('"ticket":7')}\r\nHEARTBEAT {"balance":1,"equity":2}{"type":"pong"}`));
    expect(parts.map(({ decoded }) => (decoded.ok ? decoded.type : decoded.reason))).toEqual([
      'trade_result',
      'heartbeat',
      'pong',
    ]);
  });

  it('whose first object is broken still has its second, and names the order of both', () => {
    const broken = '{"type":"error","signal_id":"A","error":"Trade failed: "no money""}';
    const parts = readEaFrame(
      bytes(`${broken}{"type":"error","signal_id":"B","error":"x"}{"type":"error","signal_id":"C","err`),
    );
    expect(parts.map(({ decoded }) => decoded)).toMatchObject([
      { ok: false, signalId: 'A' },
      { ok: true, message: { body: { signal_id: 'B' } } },
      { ok: false, signalId: 'C' },
    ]);
  });

  it('with quotes or braces that do not fit is not guessed at', () => {
    for (const text of [
      '{"type":"trade_result","signal_id":"A","status":"success","ticket":5,price":2341}',
      '{"type":"trade_result","signal_id":"A","status":"success","ticket":5',
      '{"type":"trade_result","signal_id":"A","status":"success\0","ticket":5}',
      '{"type":"trade_result" "signal_id":"A"}',
    ]) {
      expect(decodeEaFrame(bytes(text))).toMatchObject({
        ok: false,
        reason: expect.stringContaining('JSON') as string,
      });
    }
  });

  it('takes no longer to read the worse it is', () => {
    const size = 900_000;
    const worst = [
      `{"a":${' '.repeat(size)}x`,
      '{"a":'.repeat(size / 5),
      '['.repeat(size),
      `{"a":"${'\\q'.repeat(size / 2)}`,
      '{}x'.repeat(size / 3),
      `{"a":nan,${'"b":nan,'.repeat(size / 8)}}`,
      `{"a":"b" ${'}{"type"'.repeat(size / 8)}`,
    ];
    const began = performance.now();
    for (const text of worst) readEaFrame(bytes(text));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('telemetry', () => {
  const figures = (rest: string): unknown =>
    bodyOf(`{"type":"telemetry","uuid":"u","balance":1,"equity":2,"margin":3${rest}}`);

  it.each([
    ',"profit":null',
    ',"profit":"12.5"',
    ',"profit":-nan(ind)',
    ',"profit":1e999',
    ',"free_margin":[]',
    ',"positions":1.5',
    ',"positions":-1',
    ',"positions":"2"',
    ',"trade_allowed":"maybe"',
  ])('costs %s that figure and no other', (rest) => {
    expect(figures(rest)).toEqual({ uuid: 'u', balance: 1, equity: 2, margin: 3 });
  });

  it.each(['7', '""', '"  "', 'null', '{}'])('has no uuid by %s', (uuid) => {
    expect(bodyOf(`{"balance":1,"equity":2,"uuid":${uuid}}`)).toEqual({ balance: 1, equity: 2 });
  });

  it.each(['"1"', 'null', 'nan', '1e999', '10,000', '{}'])('has no figures at all with a balance of %s', (balance) => {
    const text = `{"type":"heartbeat","balance":${balance},"equity":2,"positions":1}`;
    expect(decodeEaFrame(bytes(text))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('"balance"') as string,
    });
  });

  it('keeps candles with a figure that is none', () => {
    const bar = '{"time":1,"open":nan,"high":2,"low":1,"close":1.5}';
    expect(bodyOf(`{"type":"candle_batch","symbol":"EURUSD","M1":[${bar}],"M5":null}`)).toEqual({
      symbol: 'EURUSD',
      M1: [{ time: 1, high: 2, low: 1, close: 1.5 }],
      M5: [],
      M15: [],
    });
  });

  it('in a status report or a status costs only what is wrong', () => {
    expect(
      bodyOf('{"type":"status_report","uptime":"x","open_positions":2,"account_balance":1,"account_equity":2}'),
    ).toEqual({ positions: 2, balance: 1, equity: 2, margin: undefined });
    expect(
      bodyOf('{"type":"status","status":"config","message":null,"account":123456789012345678901,"server":"S"}'),
    ).toEqual({ status: 'config', account: '123456789012345678901', server: 'S' });
  });
});

describe('the short way for plain messages', () => {
  const odd = fc.constantFrom<unknown[]>(
    ...[null, '', ' ', 'u', 'u\u202e', 'ü', 'USD', '1:100', 1.5, -1, 0, -0, 7, true, {}, [], undefined],
    ...[2 ** 53, 1e300, Infinity, '12', '012', '0', '-5', 'x'.repeat(65), { retcode: 10009 }, 10009],
  );
  const usual = {
    telemetry: { balance: 1, equity: 2 },
    tick: { symbol: 'XAUUSD', bid: 1, ask: 2 },
    trade_result: { signal_id: 'A', status: 'success', ticket: 7, price: 2 },
  };
  const names = {
    telemetry: [...Object.keys(telemetrySchema.in.shape), 'code'],
    tick: [...Object.keys(tickSchema.shape), 'code'],
    trade_result: [...Object.keys(tradeResultSchema.out.shape), 'timestamp', 'comment', 'deal', 'result'],
  };
  const readers = { telemetry: plainTelemetry, tick: plainTick, trade_result: plainResult };
  const schemas = { telemetry: telemetrySchema, tick: tickSchema, trade_result: tradeResultSchema };

  it.each(['telemetry', 'tick', 'trade_result'] as const)('reads %s as the long one does', (kind) => {
    let plain = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names[kind]), odd), { maxLength: 4 }),
        fc.double(),
        (some, any) => {
          const value = { type: kind, ...usual[kind], balance: any, ...Object.fromEntries(some) };
          const read = readers[kind](value);
          if (read === null) return;
          plain += 1;
          expect(read).toEqual(schemas[kind].parse(value));
        },
      ),
      { numRuns: 20_000 },
    );
    expect(plain).toBeGreaterThan(100);
  });
});
