import { assertNever } from '../base/assertNever.ts';

/** Experience points by reason (R4). */
export const xpPoints = {
  execution: 5,
  first_execution: 10,
  first_of_day: 5,
  three_in_a_row: 15,
  five_in_a_row: 25,
  profit_5: 10,
  profit_10: 20,
  profit_25: 50,
  margin_recovered: 10,
} as const;

export type XpReason = keyof typeof xpPoints;

/** Steps of profit in % over the starting balance (R4). */
export const profitSteps = [5, 10, 25] as const;
export type ProfitStep = (typeof profitSteps)[number];
const profitReasons: Record<ProfitStep, XpReason> = { 5: 'profit_5', 10: 'profit_10', 25: 'profit_25' };

/** Margin levels in % (R4): below `low` the account is in trouble, above `recovered` it has recovered. */
export const marginLevels = { low: 150, recovered: 200 } as const;

/** Events of an account that can give points, in the order of the journal. */
export type XpEvent =
  /** A buy or sell became filled. `day` is the trading day in which it was fired. */
  | { kind: 'executed'; day: string }
  /** A buy or sell became rejected. */
  | { kind: 'rejected' }
  | { kind: 'profit'; step: ProfitStep }
  | { kind: 'margin_low' }
  | { kind: 'margin_recovered' };

/** State of an account on which its next award depends. */
export interface XpState {
  executions: number;
  /** Executions since the last rejection. */
  row: number;
  /** The latest day with an execution. */
  lastDay: string | null;
  profits: ProfitStep[];
  marginIsLow: boolean;
}

export const noXp: XpState = { executions: 0, row: 0, lastDay: null, profits: [], marginIsLow: false };

/** R4 as a pure fold: the same events in the same order give the same awards, however often and in whatever parts. */
export function foldXp(state: XpState, event: XpEvent): { state: XpState; awards: XpReason[] } {
  switch (event.kind) {
    case 'executed': {
      const row = state.row + 1;
      const awards: XpReason[] = ['execution'];
      if (state.executions === 0) awards.push('first_execution');
      // A late result belongs to an earlier day, whose first execution may have been counted already.
      const firstOfDay = state.lastDay === null || event.day > state.lastDay;
      if (firstOfDay) awards.push('first_of_day');
      if (row === 3) awards.push('three_in_a_row');
      if (row === 5) awards.push('five_in_a_row');
      const lastDay = firstOfDay ? event.day : state.lastDay;
      return { state: { ...state, executions: state.executions + 1, row, lastDay }, awards };
    }
    case 'rejected':
      return { state: { ...state, row: 0 }, awards: [] };
    case 'profit': {
      if (state.profits.includes(event.step)) return { state, awards: [] };
      return { state: { ...state, profits: [...state.profits, event.step] }, awards: [profitReasons[event.step]] };
    }
    case 'margin_low':
      return { state: { ...state, marginIsLow: true }, awards: [] };
    case 'margin_recovered':
      return { state: { ...state, marginIsLow: false }, awards: state.marginIsLow ? ['margin_recovered'] : [] };
    default:
      return assertNever(event);
  }
}
