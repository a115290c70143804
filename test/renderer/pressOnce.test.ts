import type { MouseEvent, PointerEvent } from 'react';
import { describe, expect, it } from 'vitest';
import { pressOnce, type PressedBy } from '../../renderer/ui/pressOnce.ts';

const button = new EventTarget();

interface Press {
  pointerType: 'mouse' | 'touch' | 'pen';
  /** Time from the press to its release, ms. */
  ms: number;
  /** False: a second finger, beside one that went down before. */
  isPrimary?: boolean;
}

/** What a button told of presses, one after the other; each press finds it drawn anew. */
function told(presses: readonly Press[], withRest = true): string[] {
  const heard: string[] = [];
  const handlers = () =>
    pressOnce((by: PressedBy) => heard.push(by), withRest ? () => heard.push('rested') : undefined);
  let now = 1_000;
  for (const { pointerType, ms, isPrimary = true } of presses) {
    const down = { currentTarget: button, timeStamp: now, pointerType, isPrimary };
    handlers().onPointerDown(down as unknown as PointerEvent);
    now += ms;
    handlers().onClick({ currentTarget: button, timeStamp: now, detail: 1 } as unknown as MouseEvent);
    now += 1_000;
  }
  return heard;
}

describe('a press of a button that sends orders', () => {
  it('counts by a finger or a pen that is short, and not by one that rests', () => {
    for (const pointerType of ['touch', 'pen'] as const) {
      expect(told([{ pointerType, ms: 500 }])).toEqual(['pointer']);
      expect(told([{ pointerType, ms: 501 }])).toEqual(['rested']);
    }
  });

  it('counts by a mouse however long it takes, and where nobody asks for rest', () => {
    expect(told([{ pointerType: 'mouse', ms: 5_000 }])).toEqual(['pointer']);
    expect(told([{ pointerType: 'touch', ms: 5_000 }], false)).toEqual(['pointer']);
  });

  it('judges each press by itself', () => {
    const rested = { pointerType: 'touch', ms: 900 } as const;
    expect(told([rested, { pointerType: 'touch', ms: 80 }, rested])).toEqual(['rested', 'pointer', 'rested']);
    expect(told([rested, { pointerType: 'mouse', ms: 900 }])).toEqual(['rested', 'pointer']);
  });

  it('is by a key where a click counts none, whatever a finger did before', () => {
    const heard: string[] = [];
    const { onPointerDown, onClick } = pressOnce(
      (by) => heard.push(by),
      () => heard.push('rested'),
    );
    const down = { currentTarget: button, timeStamp: 0, pointerType: 'touch', isPrimary: true };
    onPointerDown(down as unknown as PointerEvent);
    onClick({ currentTarget: button, timeStamp: 9_000, detail: 0 } as unknown as MouseEvent);
    expect(heard).toEqual(['key']);
  });
});
