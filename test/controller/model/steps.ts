import fc from 'fast-check';
import type { Answer } from './model.ts';

/** One thing that happens: by a person, by the EA, or by bad luck. */
export type Step =
  | { do: 'advance'; ms: number }
  | { do: 'connect'; login: number }
  | { do: 'disconnect' }
  | { do: 'heartbeat' }
  | { do: 'pong' }
  | { do: 'fire'; id: string; symbol: string; side: 'buy' | 'sell'; confirm: boolean }
  | { do: 'feedback'; id: string; answer: Answer }
  /** The EA answers the last order that it was sent. */
  | { do: 'answer'; answer: Answer }
  | { do: 'settle'; id: string; found: boolean }
  | { do: 'arm' | 'disarm' | 'kill' | 'release' | 'accept' | 'restart' | 'fail journal' | 'mend journal' }
  | { do: 'jump'; ms: number };

const id = fc.integer({ min: 1, max: 60 }).map((number) => `ID_${String(number)}`);

const always = (step: Step): fc.Arbitrary<Step> => fc.constant(step);

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.record<Step & { do: 'fire' }>({
      do: fc.constant('fire'),
      id,
      symbol: fc.constantFrom('XAUUSD', 'EURUSD', 'GBPUSD', 'USDJPY', 'USDCHF', 'AUDUSD'),
      side: fc.constantFrom('buy', 'sell'),
      confirm: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record<Step & { do: 'feedback' }>({
      do: fc.constant('feedback'),
      id,
      answer: fc.constantFrom<Answer>('filled', 'filled', 'rejected', 'unclear', 'bare', 'unnamed'),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record<Step & { do: 'advance' }>({
      do: fc.constant('advance'),
      ms: fc.constantFrom(100, 100, 1_000, 1_000, 5_000, 9_999, 10_000, 15_001, 31_000, 61_000),
    }),
  },
  {
    weight: 50,
    arbitrary: fc.record<Step & { do: 'answer' }>({
      do: fc.constant('answer'),
      answer: fc.constantFrom<Answer>('filled', 'filled', 'filled', 'rejected', 'unclear', 'bare', 'unnamed'),
    }),
  },
  { weight: 30, arbitrary: always({ do: 'heartbeat' }) },
  { weight: 12, arbitrary: always({ do: 'pong' }) },
  {
    weight: 12,
    arbitrary: fc.record<Step & { do: 'connect' }>({
      do: fc.constant('connect'),
      login: fc.constantFrom(1, 1, 1, 1, 1, 2),
    }),
  },
  { weight: 1, arbitrary: always({ do: 'disconnect' }) },
  {
    weight: 2,
    arbitrary: fc.record<Step & { do: 'settle' }>({ do: fc.constant('settle'), id, found: fc.boolean() }),
  },
  { weight: 20, arbitrary: always({ do: 'arm' }) },
  { weight: 1, arbitrary: always({ do: 'disarm' }) },
  { weight: 1, arbitrary: always({ do: 'kill' }) },
  { weight: 12, arbitrary: always({ do: 'release' }) },
  { weight: 8, arbitrary: always({ do: 'accept' }) },
  { weight: 1, arbitrary: always({ do: 'restart' }) },
  { weight: 1, arbitrary: always({ do: 'fail journal' }) },
  { weight: 8, arbitrary: always({ do: 'mend journal' }) },
  {
    weight: 1,
    arbitrary: fc.record<Step & { do: 'jump' }>({
      do: fc.constant('jump'),
      ms: fc.constantFrom(-86_400_000, -3_600_000, 3_600_000, 86_400_000),
    }),
  },
);
