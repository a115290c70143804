import { z } from 'zod';
import { chartKinds, type ChartKind } from './chartKinds.ts';

/** The chosen charts, kept in this browser. */
export interface ChartChoices {
  left: ChartKind;
  right: ChartKind;
  /** Whether the equity chart shades the distance to the peak. */
  drawdown: boolean;
}

const key = 'bitten.charts';
const usual: ChartChoices = { left: 'equity', right: 'margin', drawdown: false };
const schema = z.object({ left: z.enum(chartKinds), right: z.enum(chartKinds), drawdown: z.boolean() });

/** Storage of the browser, which may be missing or refuse. */
type Memory = Pick<Storage, 'getItem' | 'setItem'>;

export function readChoices(memory: () => Memory): ChartChoices {
  try {
    const parsed = schema.safeParse(JSON.parse(memory().getItem(key) ?? 'null'));
    return parsed.success && parsed.data.left !== parsed.data.right ? parsed.data : usual;
  } catch {
    // No storage, or unreadable content.
    return usual;
  }
}

export function keepChoices(memory: () => Memory, choices: ChartChoices): void {
  try {
    memory().setItem(key, JSON.stringify(choices));
  } catch {
    // Without storage the choice holds until the window is closed.
  }
}

/** Chooses a kind for a pane; if the other one shows it, the two swap. */
export function choose(choices: ChartChoices, side: 'left' | 'right', kind: ChartKind): ChartChoices {
  const other = side === 'left' ? 'right' : 'left';
  const swapped = choices[other] === kind ? { [other]: choices[side] } : {};
  return { ...choices, ...swapped, [side]: kind };
}
