import { readFileSync } from 'node:fs';

/** The frames of the fixtures. */
export const fixtureFrames = readFileSync(new URL('../fixtures/ea-frames.ndjson', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => Buffer.from((JSON.parse(line) as { frame_base64: string }).frame_base64, 'base64'));

/** Frames of telemetry, heartbeats and ticks at the edges of what is usual. */
export const edgeFrames = [
  ...[
    '0',
    '-0',
    '0.0',
    '-0.00',
    '00',
    '01',
    '-',
    '.5',
    '5.',
    '1.',
    '+1',
    '1e3',
    '1E-3',
    '0x1',
    'NaN',
    'null',
    '"1"',
    '1,5',
  ],
  ...[
    '0.1',
    '0.30000000000000004',
    '123456789',
    '1234567890',
    '123456789.123456',
    '999999999999999',
    '9999999999999999',
  ],
  ...[
    '9007199254740993',
    '0.000000000000001',
    '2341.22000',
    '1.0',
    '1.5',
    '-1',
    '  7',
    '7  ',
    '[]',
    '{}',
    'true',
    '1 2',
    '',
  ],
].flatMap((number) => [
  `{"type":"heartbeat","balance":${number},"equity":2987.50,"positions":1,"timestamp":"x"}`,
  `{"type":"telemetry","uuid":"u","balance":1,"equity":2,"margin":${number},"positions":${number}}`,
  `{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2,"spread":${number},"volume":0,"other":${number}}`,
]);

/** Whole frames, as text. */
export const oddFrames = [
  '{"type":"tick","symbol":"EURUSD","symbol":"GBPUSD","bid":1,"ask":2}',
  '{"type":"tick","symbol":"EURUSD","bid":1,"bid":2,"ask":2}',
  '{"type":"tick","type":"heartbeat","symbol":"EURUSD","bid":1,"ask":2,"balance":1,"equity":2}',
  '{"type":"tick","symbol":"EURUSD","bid":1,"ask":2,"__proto__":1}',
  '{"type":"tick","symbol":"EURUSD","bid":1,"ask":2,"constructor":"x","toString":null}',
  '{"type":"tick","symbol":"EUR\\u0055SD","bid":1,"ask":2}',
  '{"type":"tick","s\\u0079mbol":"EURUSD","bid":1,"ask":2}',
  '{"type":"tick","symbol":"","bid":1,"ask":2}',
  `{"type":"tick","symbol":"${'S'.repeat(64)}","bid":1,"ask":2}`,
  `{"type":"tick","symbol":"${'S'.repeat(65)}","bid":1,"ask":2}`,
  '{"type":"tick","symbol":"Société","bid":1,"ask":2}',
  '{"type":"tick","symbol":"EUR\u007fUSD","bid":1,"ask":2}',
  '{"type":"tick","symbol":"EUR\tUSD","bid":1,"ask":2}',
  '{"type": "tick", "symbol": "EURUSD", "bid": 1.1, "ask": 1.2}',
  '{ "type" : "tick" , "symbol" : "EURUSD" , "bid" : 1.1 , "ask" : 1.2 }',
  '{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2,}',
  '{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2}\0\0',
  '{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2}\0{"type":"tick"}',
  '{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2} ',
  '{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2}x',
  '{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2}{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2}',
  '\ufeff{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2}',
  ' {"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2}',
  'tick {"symbol":"EURUSD","bid":1.1,"ask":1.2}',
  '{"type":"TICK","symbol":"EURUSD","bid":1.1,"ask":1.2}',
  '{"symbol":"EURUSD","type":"tick","bid":1.1,"ask":1.2}',
  '{"type":"heartbeat","uuid":"a b","balance":1,"equity":2}',
  '{"type":"heartbeat","uuid":7,"balance":1,"equity":2}',
  '{"type":"heartbeat","user_uuid":"u","balance":1,"equity":2}',
  '{"type":"heartbeat","account":1,"server":"S","balance":1,"equity":2}',
  '{"type":"heartbeat","balance":1,"equity":2,"trade_allowed":true}',
  '{"type":"heartbeat","balance":1,"equity":2,"symbol":null,"bid":{},"positions":[]}',
  `{"type":"heartbeat","balance":1,"equity":2,"other":"${'x'.repeat(600)}"}`,
  '{"type":"heartbeat"}',
  '{"type":"heartbeat",}',
  '{"type":"heartbeat"',
  '{"type":',
  '{"type',
  '{',
  '{}',
  '',
];

const usualFrames = [
  '{"type":"heartbeat","balance":3000.00,"equity":2987.50,"positions":1,"timestamp":"2025.09.15 12:34:56"}',
  '{"type":"tick","symbol":"EURUSD","bid":1.15548,"ask":1.15561,"spread":13.0,"volume":0,"timestamp":1754060224}',
  '{"type":"telemetry","uuid":"user-001","balance":834.22,"equity":818.90,"margin":112.12}',
  '{"type":"telemetry","uuid":"u","balance":1,"equity":-2.5,"margin":3,"free_margin":4,"profit":-0.1,"positions":2,"seq":7}',
].map((text) => Buffer.from(text));

/** What frames are cut up into and put together from. */
const pieces = [
  ...[
    '"',
    '\\',
    '\\"',
    '\\u0041',
    ',',
    ':',
    '{',
    '}',
    '[',
    ']',
    ' ',
    '\t',
    '\n',
    '\0',
    '\ufeff',
    'é',
    '\x7f',
    '-',
    '.',
    '0',
  ],
  ...['00', '1e5', '9'.repeat(16), 'null', 'true', 'nan', '"a":1,', ',"balance":1', ',"equity":2.5', ',"symbol":"X"'],
  ...[
    ',"bid":1',
    ',"ask":2',
    ',"uuid":"u"',
    ',"positions":3',
    ',"type":"tick"',
    ',"account":5',
    ',"__proto__":1',
    '"other":{}',
  ],
];

/** Frames that differ from known ones in a few places: without end, the same for the same numbers. @param random in [0, 1) */
export function* mutatedFrames(random: () => number): Generator<Buffer> {
  const seeds = [...fixtureFrames, ...[...edgeFrames, ...oddFrames].map((text) => Buffer.from(text))];
  const below = (count: number): number => Math.floor(random() * count);
  for (;;) {
    const from = below(4) === 0 ? seeds : usualFrames;
    let frame: Buffer = from[below(from.length)] ?? Buffer.alloc(0);
    const changes = 1 + (below(3) === 0 ? below(4) : 0);
    for (let change = 0; change < changes; change += 1) frame = mutated(frame, below, seeds);
    yield frame;
  }
}

function mutated(frame: Buffer, below: (count: number) => number, seeds: readonly Buffer[]): Buffer {
  const at = below(frame.length + 1);
  const [head, tail] = [frame.subarray(0, at), frame.subarray(at)];
  switch (below(8)) {
    case 0:
      return Buffer.concat([head, Buffer.from([below(256)]), tail.subarray(1)]);
    case 1:
      return Buffer.concat([head, tail.subarray(1 + below(4))]);
    case 2:
      return Buffer.concat([head, Buffer.from(pieces[below(pieces.length)] ?? ''), tail]);
    case 3:
      return Buffer.concat([head, (seeds[below(seeds.length)] ?? frame).subarray(at)]);
    case 4:
      return withDigits(frame, at, below);
    case 5:
      return withDigits(frame, at, below);
    case 6:
      return swapped(frame, below);
    default:
      return behindComma(frame, at, pieces[below(pieces.length)] ?? '');
  }
}

/** With other digits from the next one on, now and then more of them. */
function withDigits(frame: Buffer, from: number, below: (count: number) => number): Buffer {
  const at = frame.findIndex((byte, index) => index >= from && byte >= 0x30 && byte <= 0x39);
  if (at < 0) return frame;
  const digits = Array.from({ length: 1 + below(below(4) === 0 ? 18 : 4) }, () => String(below(10))).join('');
  return Buffer.concat([frame.subarray(0, at), Buffer.from(digits), frame.subarray(at + 1)]);
}

/** With two of its members in each other's place, or more of them. */
function swapped(frame: Buffer, below: (count: number) => number): Buffer {
  const [type = '', ...members] = frame.toString('latin1').slice(1, -1).split(',');
  const [one, other] = [below(members.length), below(members.length + 1)];
  const [moved = '"a":1'] = members.splice(one, 1, members[other] ?? '"b":"c"');
  members.splice(other, 1, moved);
  return Buffer.from(`{${[type, ...members].join(',')}}`, 'latin1');
}

function behindComma(frame: Buffer, from: number, piece: string): Buffer {
  const at = Math.max(0, frame.indexOf(',', from));
  return Buffer.concat([frame.subarray(0, at), Buffer.from(piece), frame.subarray(at)]);
}
