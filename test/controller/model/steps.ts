import fc from 'fast-check';
import { bridgeIds, type Answer, type BridgeId } from './modelOrder.ts';

/** By what an EA names its account. */
export type Tells = 'login' | 'uuid' | 'both';

/** What can happen while an order is being written down, read when the disk is done. */
export type Happening =
  | { do: 'arm' | 'disarm' | 'accept'; bridge: BridgeId }
  | { do: 'kill' | 'release' }
  | { do: 'limit'; bridge: BridgeId; tradesPerDay: number }
  | ByEa
  | Close
  | Fire;

export type ByEa =
  | { do: 'heartbeat'; bridge: BridgeId; equity: number }
  /** The terminal logs in to another account. 0: to none. */
  | { do: 'switch'; bridge: BridgeId; account: number }
  | { do: 'disconnect'; bridge: BridgeId }
  | { do: 'feedback'; bridge: BridgeId; id: string; answer: Answer }
  /** The EA answers the last order that it was sent. */
  | { do: 'answer'; bridge: BridgeId; answer: Answer };

interface Fire {
  do: 'fire';
  bridge: BridgeId;
  id: string;
  symbol: string;
  side: 'buy' | 'sell';
  /** Trades beside every order in doubt. */
  confirm: boolean;
  commitMs: number;
  during: Happening[];
}

interface Close {
  do: 'close';
  bridge: BridgeId;
  /** null: all. */
  symbol: string | null;
  commitMs: number;
}

/** One thing that happens: by a person, by an EA, or by bad luck. */
export type Step =
  | Happening
  | { do: 'advance' | 'jump'; ms: number }
  | { do: 'connect'; bridge: BridgeId; account: number; tells: Tells; equity: number }
  | { do: 'pong' | 'remove' | 'add'; bridge: BridgeId }
  /** A person puts everything right that stands in the way of trading. */
  | { do: 'ready'; bridge: BridgeId }
  | { do: 'settle'; nth: number; byNumber: boolean; found: boolean }
  /** `bridges` are those that are in the settings from then on, besides the first. */
  | { do: 'restart'; bridges: BridgeId[] }
  | { do: 'fail journal' | 'mend journal' };

const id = fc.integer({ min: 1, max: 60 }).map((number) => `ID_${String(number)}`);
const symbol = fc.constantFrom('XAUUSD', 'EURUSD', 'GBPUSD', 'USDJPY', 'USDCHF', 'AUDUSD');
const bridge = fc.constantFrom<BridgeId>(
  'main',
  'main',
  'main',
  'main',
  'main',
  'main',
  'fx',
  'fx',
  'gold',
  'paper',
  'paper',
);
const other = fc.constantFrom(...bridgeIds.filter((one) => one !== 'main'));
const account = fc.constantFrom(1, 1, 1, 1, 1, 1, 2, 3, 0);
const tells = fc.constantFrom<Tells>('login', 'login', 'uuid', 'both', 'both', 'both');
const equity = fc.constantFrom(3_000, 3_000, 3_000, 3_000, 2_950, 2_551, 2_551, 2_400, 3_200);
const answer = fc.constantFrom<Answer>('filled', 'filled', 'filled', 'rejected', 'unclear', 'bare', 'unnamed');
const commitMs = fc.constantFrom(0, 0, 0, 0, 0, 0, 100, 500, 501, 2_000, 9_000);

const record = <Kind extends Step['do']>(
  what: Kind,
  fields: { [Field in Exclude<keyof (Step & { do: Kind }), 'do'>]: fc.Arbitrary<(Step & { do: Kind })[Field]> },
): fc.Arbitrary<Step & { do: Kind }> =>
  fc
    .record(fields as Record<string, fc.Arbitrary<unknown>>)
    .map((rest) => ({ do: what, ...rest }) as Step & { do: Kind });

const close = record('close', { bridge, symbol: fc.option(symbol), commitMs });
const lesser = fc.constantFrom(1, 6, 6);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Happening>({ do: 'kill' }) },
  { weight: 1, arbitrary: fc.constant<Happening>({ do: 'release' }) },
  { weight: 2, arbitrary: record('disarm', { bridge }) },
  { weight: 2, arbitrary: record('arm', { bridge }) },
  { weight: 2, arbitrary: record('disconnect', { bridge }) },
  { weight: 2, arbitrary: record('heartbeat', { bridge, equity }) },
  { weight: 2, arbitrary: record('limit', { bridge, tradesPerDay: lesser }) },
  { weight: 2, arbitrary: record('switch', { bridge, account }) },
  { weight: 2, arbitrary: record('feedback', { bridge, id, answer }) },
  { weight: 3, arbitrary: record('answer', { bridge, answer }) },
  { weight: 2, arbitrary: close },
  {
    weight: 5,
    arbitrary: record('fire', {
      ...{ bridge, id, symbol, side: fc.constantFrom('buy', 'sell'), confirm: fc.boolean(), commitMs },
      during: fc.constant<Happening[]>([]),
    }),
  },
);

const during = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Happening[]>([]) },
  { weight: 1, arbitrary: fc.array(happening, { minLength: 1, maxLength: 3 }) },
);

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 110,
    arbitrary: record('fire', {
      ...{ bridge, id, symbol, side: fc.constantFrom('buy', 'sell'), confirm: fc.boolean(), commitMs, during },
    }),
  },
  { weight: 5, arbitrary: close },
  { weight: 6, arbitrary: record('feedback', { bridge, id, answer }) },
  {
    weight: 20,
    arbitrary: record('advance', {
      ms: fc.constantFrom(100, 100, 1_000, 1_000, 2_000, 5_000, 5_000, 9_999, 10_000, 10_000, 15_001, 31_000, 61_000),
    }),
  },
  { weight: 90, arbitrary: record('answer', { bridge, answer }) },
  { weight: 50, arbitrary: record('heartbeat', { bridge, equity }) },
  { weight: 20, arbitrary: record('pong', { bridge }) },
  { weight: 24, arbitrary: record('connect', { bridge, account, tells, equity }) },
  { weight: 3, arbitrary: record('disconnect', { bridge }) },
  { weight: 4, arbitrary: record('switch', { bridge, account }) },
  {
    weight: 6,
    arbitrary: record('settle', { nth: fc.nat({ max: 1_000 }), byNumber: fc.boolean(), found: fc.boolean() }),
  },
  { weight: 10, arbitrary: record('arm', { bridge }) },
  { weight: 40, arbitrary: record('ready', { bridge }) },
  { weight: 1, arbitrary: record('disarm', { bridge }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'kill' }) },
  { weight: 12, arbitrary: fc.constant<Step>({ do: 'release' }) },
  { weight: 12, arbitrary: record('accept', { bridge }) },
  { weight: 2, arbitrary: record('limit', { bridge, tradesPerDay: lesser }) },
  { weight: 1, arbitrary: record('remove', { bridge: other }) },
  { weight: 3, arbitrary: record('add', { bridge: other }) },
  { weight: 2, arbitrary: record('restart', { bridges: fc.subarray(bridgeIds.slice(1)) }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'fail journal' }) },
  { weight: 8, arbitrary: fc.constant<Step>({ do: 'mend journal' }) },
  { weight: 1, arbitrary: record('jump', { ms: fc.constantFrom(-86_400_000, -3_600_000, 3_600_000, 86_400_000) }) },
);
