import { z } from 'zod';
import { type Timeframe, timeframes } from '../../../src/domain/market/bar.ts';
import { store, stored } from '../../store/browserStorage.ts';
import { paneKinds, type PaneKind } from './chartKinds.ts';

/** The chosen charts, kept in this browser. */
export interface ChartChoices {
  left: PaneKind;
  right: PaneKind;
  /** Beside them in a wide window. */
  third: PaneKind;
  /** Whether the equity chart shades the distance to the peak. */
  drawdown: boolean;
  /** Of the price chart. */
  timeframe: Timeframe;
}

const key = 'bitten.charts';
const usual: ChartChoices = { left: 'price', right: 'equity', third: 'margin', drawdown: false, timeframe: 'M1' };
const schema = z.object({
  left: z.enum(paneKinds),
  right: z.enum(paneKinds),
  third: z.enum(paneKinds).catch(usual.third),
  drawdown: z.boolean(),
  timeframe: z.enum(timeframes).catch(usual.timeframe),
});

export function readChoices(): ChartChoices {
  try {
    const parsed = schema.safeParse(JSON.parse(stored(key) ?? 'null'));
    return parsed.success && parsed.data.left !== parsed.data.right ? withOwnThird(parsed.data) : usual;
  } catch {
    // Unreadable content.
    return usual;
  }
}

export function keepChoices(choices: ChartChoices): void {
  store(key, JSON.stringify(choices));
}

const sides = ['left', 'right', 'third'] as const;
export type ChartSide = (typeof sides)[number];

/** Names of the panes, for screen readers. */
export const sideNames = { left: 'Left', right: 'Right', third: 'Third' } as const satisfies Record<ChartSide, string>;
export type SideName = (typeof sideNames)[ChartSide];

/** Chooses a kind for a pane; if another one shows it, the two swap. */
export function choose(choices: ChartChoices, side: ChartSide, kind: PaneKind): ChartChoices {
  const other = sides.find((each) => each !== side && choices[each] === kind);
  const swapped = other === undefined ? {} : { [other]: choices[side] };
  return { ...choices, ...swapped, [side]: kind };
}

/** Gives the third pane a kind of its own. */
function withOwnThird(choices: ChartChoices): ChartChoices {
  const { left, right, third } = choices;
  if (third !== left && third !== right) return choices;
  return { ...choices, third: paneKinds.find((kind) => kind !== left && kind !== right) ?? third };
}
