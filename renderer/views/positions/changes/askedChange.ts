import { createContext, useContext } from 'react';
import type { AskedBy } from '../../../shared/startOf.ts';

/** A change that a person began by a button of a row. */
export interface AskedChange {
  what: 'close' | 'stops' | 'pending' | 'cancel';
  /** Number of the position or pending order. */
  ticket: string;
  by: AskedBy;
}

/** Null: nothing can be changed here, with why as the button's title. */
export interface ChangeAsker {
  ask: (asked: AskedChange) => void;
  /** Why nothing can be changed now; null: it can. */
  dead: string | null;
}

export const ChangeAskerContext = createContext<ChangeAsker>({ ask: () => undefined, dead: null });

export function useChangeAsker(): ChangeAsker {
  return useContext(ChangeAskerContext);
}
