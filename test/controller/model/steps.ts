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
  /** A position more or less, by whatever cause. */
  | { do: 'position'; bridge: BridgeId; by: 1 | -1 }
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
  /** Nothing happens for more than a minute, and the EA says so. */
  | { do: 'quiet'; bridge: BridgeId }
  /** A person puts everything right that stands in the way of trading. */
  | { do: 'ready'; bridge: BridgeId }
  | { do: 'settle'; nth: number; byNumber: boolean; found: boolean }
  /** `bridges` are those that are in the settings from then on, besides the first. */
  | { do: 'restart'; bridges: BridgeId[] }
  | { do: 'fail journal' | 'mend journal' };

export const symbols = ['XAUUSD', 'EURUSD', 'GBPUSD', 'USDJPY', 'USDCHF', 'AUDUSD'] as const;

const id = fc.integer({ min: 1, max: 60 }).map((number) => `ID_${String(number)}`);
const symbol = fc.constantFrom(...symbols);
const spans = [100, 100, 1_000, 1_000, 2_000, 5_000, 5_000, 9_999, 10_000, 10_000, 15_001, 31_000, 61_000];
const account = fc.constantFrom(1, 1, 1, 1, 1, 1, 2, 3, 0);
const tells = fc.constantFrom<Tells>('login', 'login', 'uuid', 'both', 'both', 'both');
const equity = fc.constantFrom(3_000, 3_000, 3_000, 3_000, 2_950, 2_551, 2_551, 2_400, 3_200);
const answer = fc.constantFrom<Answer>(
  ...([
    'filled',
    'filled',
    'filled',
    'filled',
    'rejected',
    'unclear',
    'bare',
    'bare',
    'unnamed',
    'unnamed',
    'unread',
    'unread',
  ] as const),
);
const commitMs = fc.constantFrom(0, 0, 0, 0, 0, 0, 100, 500, 501, 2_000, 9_000);

const record = <Kind extends Step['do']>(
  what: Kind,
  fields: { [Field in Exclude<keyof (Step & { do: Kind }), 'do'>]: fc.Arbitrary<(Step & { do: Kind })[Field]> },
): fc.Arbitrary<Step & { do: Kind }> =>
  fc
    .record(fields as Record<string, fc.Arbitrary<unknown>>)
    .map((rest) => ({ do: what, ...rest }) as Step & { do: Kind });

type Weights = Record<Step['do'], number>;

/** How often each thing happens by and by. */
const usual: Weights = {
  ...{ fire: 110, answer: 90, heartbeat: 50, ready: 40, connect: 24, advance: 20, pong: 20, accept: 12, release: 12 },
  ...{ arm: 10, 'mend journal': 8, settle: 8, add: 6, feedback: 6, close: 5, switch: 4, disconnect: 3, limit: 2 },
  ...{ position: 10, quiet: 1, restart: 2, remove: 1, disarm: 1, kill: 1, jump: 1, 'fail journal': 1 },
};

/** The same while an order is being written down. */
const meanwhile: Partial<Weights> = {
  ...{ fire: 5, answer: 3, kill: 2, disarm: 2, arm: 2, disconnect: 2, heartbeat: 2, limit: 2, switch: 2, feedback: 2 },
  ...{ close: 2, release: 1, position: 1 },
};

/** Steps on these bridges, as often as the weights say. */
function anyStep(bridges: readonly BridgeId[], weights: Weights): fc.Arbitrary<Step> {
  const bridge = fc.constantFrom(...bridges);
  const order = {
    bridge,
    id,
    symbol,
    side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
    confirm: fc.boolean(),
    commitMs,
  };
  const others = bridgeIds.slice(1);
  const happenings = {
    heartbeat: record('heartbeat', { bridge, equity }),
    position: record('position', { bridge, by: fc.constantFrom(1, -1) }),
    switch: record('switch', { bridge, account }),
    disconnect: record('disconnect', { bridge }),
    feedback: record('feedback', { bridge, id, answer }),
    answer: record('answer', { bridge, answer }),
    arm: record('arm', { bridge }),
    disarm: record('disarm', { bridge }),
    accept: record('accept', { bridge }),
    kill: fc.constant<Happening>({ do: 'kill' }),
    release: fc.constant<Happening>({ do: 'release' }),
    limit: record('limit', { bridge, tradesPerDay: fc.constantFrom(1, 6, 6) }),
    close: record('close', { bridge, symbol: fc.option(symbol), commitMs }),
    fire: record('fire', { ...order, during: fc.constant<Happening[]>([]) }),
  };
  const during = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Happening[]>([]) },
    { weight: 1, arbitrary: fc.array(weighted(happenings, meanwhile), { minLength: 1, maxLength: 3 }) },
  );
  return weighted<Step>(
    {
      ...happenings,
      fire: record('fire', { ...order, during }),
      connect: record('connect', { bridge, account, tells, equity }),
      ready: record('ready', { bridge }),
      quiet: record('quiet', { bridge }),
      pong: record('pong', { bridge }),
      settle: record('settle', { nth: fc.nat({ max: 1_000 }), byNumber: fc.boolean(), found: fc.boolean() }),
      remove: record('remove', { bridge: fc.constantFrom(...others) }),
      add: record('add', { bridge: fc.constantFrom(...others) }),
      restart: record('restart', { bridges: fc.subarray(others) }),
      advance: record('advance', { ms: fc.constantFrom(...spans) }),
      jump: record('jump', { ms: fc.constantFrom(-86_400_000, -3_600_000, 3_600_000, 86_400_000) }),
      'fail journal': fc.constant<Step>({ do: 'fail journal' }),
      'mend journal': fc.constant<Step>({ do: 'mend journal' }),
    },
    weights,
  );
}

/** A walk on all bridges, one in which positions come and go, or one in which accounts do. */
export const anyWalk: fc.Arbitrary<Step[]> = fc.oneof(
  walkOf(['main', 'main', 'main', 'main', 'main', 'main', 'fx', 'fx', 'gold', 'paper', 'paper'], usual),
  walkOf(['main', 'main', 'main', 'fx'], {
    ...usual,
    ...{ fire: 50, answer: 90, heartbeat: 70, position: 50, quiet: 25, ready: 50, connect: 10, restart: 3, close: 2 },
    ...{ kill: 0, disconnect: 1, switch: 0, disarm: 0, limit: 0, jump: 0, add: 1, arm: 0, release: 0 },
  }),
  walkOf(['main', 'main', 'main', 'main', 'main', 'fx'], {
    ...usual,
    ...{ fire: 90, connect: 40, disconnect: 25, switch: 15, heartbeat: 70, advance: 40, accept: 25, release: 4 },
  }),
);

function walkOf(bridges: readonly BridgeId[], weights: Weights): fc.Arbitrary<Step[]> {
  return fc.array(anyStep(bridges, weights), { minLength: 20, maxLength: 250, size: 'max' });
}

function weighted<Kind extends Step>(
  arbitraries: Partial<Record<Step['do'], fc.Arbitrary<Kind>>>,
  weights: Partial<Weights>,
): fc.Arbitrary<Kind> {
  const kinds = Object.entries(arbitraries) as [Step['do'], fc.Arbitrary<Kind>][];
  return fc.oneof(
    ...kinds.map(([kind, arbitrary]) => ({ weight: weights[kind] ?? 0, arbitrary })).filter(({ weight }) => weight > 0),
  );
}
