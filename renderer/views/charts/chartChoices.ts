import { z } from 'zod';
import { chartKinds, type ChartKind } from './chartKinds.ts';

/** The chosen charts, kept in this browser. */
export interface ChartChoices {
  left: ChartKind;
  right: ChartKind;
  /** The equity chart shades what is missing to the peak. */
  drawdown: boolean;
}

const key = 'bitten.charts';
const usual: ChartChoices = { left: 'equity', right: 'margin', drawdown: false };
const schema = z.object({ left: z.enum(chartKinds), right: z.enum(chartKinds), drawdown: z.boolean() });

/** Of what a browser may lack, or refuse. */
type Memory = Pick<Storage, 'getItem' | 'setItem'>;

export function readChoices(memory: () => Memory): ChartChoices {
  try {
    const parsed = schema.safeParse(JSON.parse(memory().getItem(key) ?? 'null'));
    return parsed.success && parsed.data.left !== parsed.data.right ? parsed.data : usual;
  } catch {
    // A browser without a memory of its own, or with something else in it.
    return usual;
  }
}

export function keepChoices(memory: () => Memory, choices: ChartChoices): void {
  try {
    memory().setItem(key, JSON.stringify(choices));
  } catch {
    // As above: then the choice holds until the window is closed.
  }
}

/** A pane that takes what the other one shows gives it its own. */
export function choose(choices: ChartChoices, side: 'left' | 'right', kind: ChartKind): ChartChoices {
  const other = side === 'left' ? 'right' : 'left';
  const swapped = choices[other] === kind ? { [other]: choices[side] } : {};
  return { ...choices, ...swapped, [side]: kind };
}
