import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEaFrame, maxEaFrameBytes } from '../../src/protocol/ea/eaFrame.ts';

interface Fixture {
  name: string;
  frame_base64: string;
  kind: string;
  fields: Record<string, unknown>;
}

const fixtures = readFileSync(new URL('../fixtures/ea-frames.ndjson', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => exactly(JSON.parse(line) as Fixture));

/** A ticket is read as text of its digits: a JavaScript number is exact to 2^53 alone. */
function exactly(fixture: Fixture): Fixture {
  const { ticket } = fixture.fields;
  return typeof ticket === 'number' ? { ...fixture, fields: { ...fixture.fields, ticket: String(ticket) } } : fixture;
}

const decodeText = (text: string) => decodeEaFrame(new TextEncoder().encode(text));

describe('the frames of the fixtures', () => {
  it('are all there', () => {
    expect(fixtures.length).toBe(25);
  });

  it.each(fixtures)('$name is $kind', ({ frame_base64, kind, fields }) => {
    const decoded = decodeEaFrame(Buffer.from(frame_base64, 'base64'));
    if (kind === 'malformed') {
      expect(decoded).toMatchObject({ ok: false, reason: expect.stringMatching(/^The .+\.$/) as string });
    } else {
      expect(decoded).toMatchObject({ ok: true, message: { kind, body: fields } });
    }
  });
});

describe('decodeEaFrame', () => {
  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const decoded = decodeEaFrame(bytes);
        if (!decoded.ok) expect(decoded.reason).not.toBe('');
      }),
      { numRuns: 5_000 },
    );
  });

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('', 'HEARTBEAT ', 'tick\t', '\0'), (json, word) => {
        decodeText(word + json);
      }),
      { numRuns: 5_000 },
    );
  });

  it('says which field of a known type is wrong', () => {
    expect(decodeText('{"type":"tick","symbol":"EURUSD","bid":"1.1","ask":1.2}')).toEqual({
      ok: false,
      reason: `The tick frame can't be used: "bid": expected number, received string.`,
      signalId: null,
    });
  });

  it.each(['tick', 'candle_batch'])('takes no symbol of a %s that no order could name', (type) => {
    const frame = (length: number): string => JSON.stringify({ type, symbol: 'S'.repeat(length), bid: 1.1, ask: 1.2 });
    expect(decodeText(frame(64))).toMatchObject({ ok: true });
    for (const length of [65, 900_000]) {
      const decoded = decodeText(frame(length));
      expect(decoded).toMatchObject({ ok: false, reason: expect.stringContaining('"symbol"') as string });
    }
  });

  it('names a type that no EA is known to send', () => {
    expect(decodeText('{"type":"ZONE","a":1}')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('"zone"') as string,
    });
  });

  it('takes the type from the word before the JSON only where the JSON has none', () => {
    expect(decodeText('HEARTBEAT {"type":"pong"}')).toMatchObject({ ok: true, message: { kind: 'pong' } });
    expect(decodeText('PONG {}')).toMatchObject({ ok: true, message: { kind: 'pong' } });
  });

  it('keeps a result whose figures beside it are broken', () => {
    expect(
      decodeText(
        '{"type":"trade_result","signal_id":"A","status":"success","ticket":"x","price":1e999,"balance":null}',
      ),
    ).toEqual({
      ok: true,
      type: 'trade_result',
      message: { kind: 'trade_result', body: { signal_id: 'A', status: 'success' } },
      report: { state: 'filled', ticket: null, price: null, lot: null, partial: false, verified: false, text: null },
    });
  });

  it('finds the order that a broken frame speaks of (W13)', () => {
    expect(decodeText('{"type":"error","signal_id":"S10","error":"Trade failed: "Market is closed"}')).toMatchObject({
      ok: false,
      signalId: 'S10',
    });
  });

  it('does not let a frame set a prototype', () => {
    const decoded = decodeText('{"type":"pong","__proto__":{"admin":true},"constructor":1}');
    expect(decoded).toEqual({ ok: true, type: 'pong', message: { kind: 'pong', body: {} } });
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('refuses a frame above the limit without reading it', () => {
    expect(decodeEaFrame(new Uint8Array(maxEaFrameBytes + 1))).toMatchObject({
      ok: false,
      reason: `The frame has ${String(maxEaFrameBytes + 1)} bytes; at most ${String(maxEaFrameBytes)} are read.`,
    });
  });
});
