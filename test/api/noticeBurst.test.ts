import { describe, expect, it } from 'vitest';
import type { NoticeKind } from '../../src/api/settings/desktopSettings.ts';
import { noticeBurst, type NoticeBurst } from '../../src/api/presentation/noticeBurst.ts';
import { FakeClock } from '../support/fakeClock.ts';

function bench(): {
  burst: NoticeBurst;
  shown: string[];
  clock: FakeClock;
  push: (kind: NoticeKind, n: number) => void;
} {
  const clock = new FakeClock();
  const shown: string[] = [];
  const burst = noticeBurst({
    show: ({ title }) => shown.push(title),
    after: (ms, action) => clock.after(ms, action),
  });
  const push = (kind: NoticeKind, count: number): void => {
    for (let index = 1; index <= count; index += 1) {
      burst.push({ kind, title: `${kind} ${String(index)}`, body: '', order: { bridge: 'main', number: index } });
    }
  };
  return { burst, shown, clock, push };
}

describe('a burst of notices', () => {
  it('shows three at once, and the others as one after two seconds', () => {
    const { shown, clock, push } = bench();
    push('fill', 12);
    expect(shown).toEqual(['fill 1', 'fill 2', 'fill 3']);
    clock.advance(2_000);
    expect(shown.slice(3)).toEqual(['9 more orders filled']);
    push('fill', 1);
    expect(shown.at(-1)).toBe('fill 1');
  });

  it('shows a single one that was held back as it is, and counts each kind by itself', () => {
    const { shown, clock, push } = bench();
    push('fill', 4);
    push('unknown', 1);
    expect(shown).toEqual(['fill 1', 'fill 2', 'fill 3', 'unknown 1']);
    clock.advance(2_000);
    expect(shown.slice(4)).toEqual(['fill 4']);
  });

  it('is silent once it was stopped', () => {
    const { burst, shown, clock, push } = bench();
    push('reject', 9);
    burst.stop();
    clock.advance(10_000);
    expect(shown).toHaveLength(3);
  });
});
