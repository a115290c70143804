import type { Answer, BridgeId } from './modelOrder.ts';
import type { Step, Tells } from './steps.ts';

// Short walks to what random ones come to only now and then.

const bridge = 'main';
const ready: Step = { do: 'ready', bridge };
const quiet: Step = { do: 'quiet', bridge };
const rise: Step[] = [
  { do: 'position', bridge, by: 1 },
  { do: 'heartbeat', bridge, equity: 3_000 },
];
const answer = (what: Answer): Step => ({ do: 'answer', bridge, answer: what });
const fire = (id: string): Step => ({
  ...{ do: 'fire', bridge, id, symbol: 'XAUUSD', side: 'buy', confirm: false, commitMs: 0, during: [] },
});
const connect = (account: number, tells: Tells, equity = 3_000): Step[] => [
  { do: 'disconnect', bridge },
  { do: 'connect', bridge, account, tells, equity },
];

const told = (equity: number): Step[] => [
  { do: 'heartbeat', bridge, equity },
  { do: 'advance', ms: 1_000 },
];
const accept: Step = { do: 'accept', bridge };

const walks: Step[][] = [
  [ready, fire('A'), answer('unread'), quiet, fire('B'), ...rise, answer('filled'), fire('C')],
  [ready, fire('A'), answer('unread'), quiet, ...rise, { do: 'settle', nth: 1, byNumber: false, found: false }],
  [ready, fire('A'), answer('unread'), answer('unclear'), quiet, ...rise],
  [ready, fire('A'), answer('bare'), { do: 'advance', ms: 15_001 }, ...rise, ready, fire('B')],
  [ready, fire('A'), answer('bare'), { do: 'restart', bridges: [] }, ready, ...rise, ready, fire('B')],
  [ready, fire('A'), answer('unnamed'), ...rise, fire('B'), answer('unclear')],
  [ready, fire('A'), ...rise, answer('unnamed'), fire('B')],
  [...connect(1, 'login'), ready, ...connect(2, 'uuid'), ready, ...connect(1, 'login'), { do: 'advance', ms: 5_000 }],
  [...connect(1, 'login'), ready, ...connect(3, 'uuid'), accept, fire('A')],
  [
    ...[...connect(1, 'login', 3_200), ready, ...told(3_200), ...connect(1, 'uuid', 2_551), accept, ...told(2_551)],
    ...[...connect(1, 'both', 2_551), accept, ...told(2_551), { do: 'arm', bridge } as const, fire('A')],
  ],
  [
    ...[...connect(1, 'uuid'), ready, ...connect(2, 'login')],
    ...[{ do: 'switch', bridge, account: 0 } as const, { do: 'switch', bridge, account: 2 } as const],
    ...[{ do: 'heartbeat', bridge, equity: 3_000 } as const, fire('A'), { do: 'advance', ms: 5_000 } as const],
  ],
];

/** An order in doubt of a bridge that is taken out stands in the way of its symbol on another. */
const orphan: Step[] = [
  { do: 'ready', bridge: 'fx' },
  { ...fire('A'), bridge: 'fx' } as Step,
  { do: 'answer', bridge: 'fx', answer: 'unclear' },
  { do: 'remove', bridge: 'fx' },
  ready,
  fire('B'),
  { do: 'restart', bridges: [] },
  ready,
  fire('B'),
];

export const examples: [BridgeId[], 0, Step[]][] = [
  [['fx'], 0, orphan],
  ...walks.map((walk): [BridgeId[], 0, Step[]] => [[], 0, walk]),
];
