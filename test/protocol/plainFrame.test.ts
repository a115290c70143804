import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEaFrame } from '../../src/protocol/ea/eaFrame.ts';
import { readPlainFrame } from '../../src/protocol/ea/plainFrame.ts';
import { seededRandom } from '../../src/paper/random.ts';
import { edgeFrames, fixtureFrames, mutatedFrames, oddFrames } from '../support/mutatedFrames.ts';
import { readerDifference } from '../support/readerDifference.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the reader of bytes', () => {
  it.each([
    ['{"type":"heartbeat","balance":3000.00,"equity":2987.50,"positions":1,"timestamp":"2025.09.15 12:34:56"}', true],
    [
      '{"type":"tick","symbol":"EURUSD","bid":1.15548,"ask":1.15561,"spread":13.0,"volume":0,"timestamp":1754060224}',
      true,
    ],
    ['{"type":"telemetry","uuid":"user-001","balance":834.22,"equity":818.90,"margin":112.12}', true],
    ['{"type": "tick", "symbol": "EURUSD", "bid": 1.1, "ask": 1.2}', true],
    ['{"type":"heartbeat","balance":1.00,"equity":1.00,"positions":0,"timestamp":"x"}\0', true],
    ['{"type":"tick","symbol":"EURUSD","bid":1e0,"ask":1.2}', false],
    ['{"type":"tick","symbol":"EURUSD","bid":1,"bid":2,"ask":2}', false],
    ['{"type":"heartbeat","account":1,"balance":1,"equity":1}', false],
    ['{"type":"pong","timestamp":"x"}', false],
    ['{"type":"trade_result","signal_id":"A","status":"success","ticket":7,"price":2}', false],
  ])('reads of %s: %s', (text, isRead) => {
    expect(readPlainFrame(bytes(text)) !== null).toBe(isRead);
  });

  it('reads the frames of the fixtures and of the edges as the schemas do', () => {
    const frames = [...fixtureFrames, ...[...edgeFrames, ...oddFrames].map(bytes)];
    const differs = frames.filter((frame) => readerDifference(frame) === 'differs');
    expect(differs.map(String)).toEqual([]);
    expect(frames.filter((frame) => readerDifference(frame) === 'same').length).toBeGreaterThan(40);
  });

  it('reads 100,000 mutated frames as the schemas do', () => {
    const counts = { none: 0, same: 0, differs: 0 };
    const frames = mutatedFrames(seededRandom(20_260_711));
    for (let count = 0; count < 100_000; count += 1) counts[readerDifference(frames.next().value as Buffer)] += 1;
    expect(counts.differs).toBe(0);
    expect(counts.same).toBeGreaterThan(20_000);
  });

  it('has the very number that is written', () => {
    const digits = fc.stringMatching(/^(0|[1-9]\d{0,11})(\.\d{1,12})?$/);
    fc.assert(
      fc.property(digits, fc.constantFrom('', '-'), (number, sign) => {
        const frame = bytes(`{"type":"tick","symbol":"A","bid":${sign}${number},"ask":1}`);
        const decoded = decodeEaFrame(frame);
        expect(decoded).toMatchObject({ ok: true, message: { body: { bid: Number(sign + number) } } });
        expect(readPlainFrame(frame) === null).toBe(number.replace('.', '').length > 15);
      }),
      { numRuns: 20_000 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('', '{"type":"tick",', '{"type":"heartbeat"'),
        (some, head) => {
          readPlainFrame(Buffer.concat([bytes(head), some]));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('keeps nothing of one frame for the next', () => {
    const first = readPlainFrame(
      bytes('{"type":"heartbeat","uuid":"u","balance":1,"equity":2,"margin":3,"positions":4}'),
    );
    const second = readPlainFrame(bytes('{"type":"heartbeat","balance":5,"equity":6}'));
    expect(first?.decoded).toMatchObject({
      message: { body: { uuid: 'u', balance: 1, equity: 2, margin: 3, positions: 4 } },
    });
    expect(second?.decoded).toEqual({
      ok: true,
      type: 'heartbeat',
      message: { kind: 'telemetry', body: { balance: 5, equity: 6 } },
    });
  });
});
