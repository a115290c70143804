import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/paper/random.ts';
import { mutatedFrames } from '../support/mutatedFrames.ts';
import { readerDifference } from '../support/readerDifference.ts';
import { say, timeLimit, times } from './faults.ts';

const wanted = times(20_000, 1_000_000);

it('the reader of bytes reads mutated frames as the schemas do', { timeout: timeLimit(wanted, 0.2) }, () => {
  const seed = randomInt(2 ** 32);
  const counts = { none: 0, same: 0, differs: 0 };
  const differing: string[] = [];
  const frames = mutatedFrames(seededRandom(seed));
  for (let count = 0; count < wanted; count += 1) {
    const frame = frames.next().value as Buffer;
    const difference = readerDifference(frame);
    counts[difference] += 1;
    if (difference === 'differs' && differing.length < 5) differing.push(frame.toString('latin1'));
  }
  const read = counts.same + counts.differs;
  say(
    `frames: ${String(wanted)} mutated (seed ${String(seed)}), ${String(read)} read from their bytes, ${String(counts.differs)} differences`,
  );
  expect(differing).toEqual([]);
  expect(read).toBeGreaterThan(wanted / 5);
});
