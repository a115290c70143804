import { z } from 'zod';
import { type Timeframe, timeframes } from '../../../src/domain/market/bar.ts';
import { paneKinds, type PaneKind } from './chartKinds.ts';

/** The chosen charts, kept in this browser. */
export interface ChartChoices {
  left: PaneKind;
  right: PaneKind;
  /** Whether the equity chart shades the distance to the peak. */
  drawdown: boolean;
  /** Of the price chart. */
  timeframe: Timeframe;
}

const key = 'bitten.charts';
const usual: ChartChoices = { left: 'price', right: 'equity', drawdown: false, timeframe: 'M1' };
const schema = z.object({
  left: z.enum(paneKinds),
  right: z.enum(paneKinds),
  drawdown: z.boolean(),
  timeframe: z.enum(timeframes).catch(usual.timeframe),
});

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
export function choose(choices: ChartChoices, side: 'left' | 'right', kind: PaneKind): ChartChoices {
  const other = side === 'left' ? 'right' : 'left';
  const swapped = choices[other] === kind ? { [other]: choices[side] } : {};
  return { ...choices, ...swapped, [side]: kind };
}
