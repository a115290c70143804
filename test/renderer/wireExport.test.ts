import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { WholeFrame } from '../../src/api/state/wireFrames.ts';
import { jsonLines } from '../../renderer/views/wire/jsonLines.ts';
import { exportLines, newestLines } from '../../renderer/views/wire/wireExport.ts';
import { WireRows } from '../../renderer/views/wire/wireRows.ts';
import { aFrame } from './aFrame.ts';

/** An app that still keeps these frames in full. */
function keeping(frames: Record<number, WholeFrame>): ApiClient {
  const client: Pick<ApiClient, 'call'> = {
    call: (_, input) => {
      const whole = frames[(input as { number: number }).number];
      return (whole === undefined ? Promise.reject(new Error('gone')) : Promise.resolve(whole)) as never;
    },
  };
  return client as ApiClient;
}

describe('an export of the wire log', () => {
  it('has every frame in the list, the oldest first, in full where that is still kept', async () => {
    const rows = new WireRows();
    rows.add([
      aFrame(1, { at: 0, kind: 'signal', note: 'buy', signalId: 'ONE' }),
      aFrame(2, { text: 'ü', bytes: 'fc' }),
      aFrame(3, { text: 'begi', cut: true, size: 9 }),
      aFrame(4, { text: 'begi', cut: true, size: 9 }),
    ]);
    const blob = await exportLines(
      rows.shown(),
      keeping({ 3: { text: 'beginning', bytes: null, cut: false } }),
      'main',
    );
    const lines = (await blob.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        number: 1,
        at: 0,
        time: '1970-01-01T00:00:00.000Z',
        channel: 'telemetry',
        direction: 'in',
        size: 15,
        kind: 'signal',
        note: 'buy',
        history: false,
        signal_id: 'ONE',
        text: '{"type":"tick"}',
      },
      expect.objectContaining({ number: 2, text: 'ü', hex: 'fc' }),
      expect.objectContaining({ number: 3, text: 'beginning' }),
      expect.objectContaining({ number: 4, text: 'begi', cut: true }),
    ]);
    expect(lines[2]).not.toContain('cut');
  });

  it('is copied from the newest on', () => {
    const rows = new WireRows();
    rows.add([aFrame(1), aFrame(2), aFrame(3)]);
    const copied = newestLines(rows.shown(), 2).split('\n');
    expect(copied.map((line) => (JSON.parse(line) as { number: number }).number)).toEqual([2, 3]);
  });
});

describe('a frame as JSON over several lines', () => {
  it('keeps numbers and strings as they came', () => {
    expect(jsonLines('HEARTBEAT {"a":3000.00,"b":[1e2, {}],"c":"x, {\\"y\\": [1]}","d":[]}\0')).toBe(
      'HEARTBEAT {\n  "a": 3000.00,\n  "b": [\n    1e2,\n    {}\n  ],\n  "c": "x, {\\"y\\": [1]}",\n  "d": []\n}',
    );
  });

  it.each(['', 'abc', '{"a":', '[1]', '"text"'])('is not made of %j', (text) => {
    expect(jsonLines(text)).toBeNull();
  });
});
