import { createContext, useContext } from 'react';
import type { AskedChange } from '../../../store/appStore.ts';

/** Null: nothing can be changed here, with why as the button's title. */
export interface ChangeAsker {
  ask: (asked: Omit<AskedChange, 'bridge'>) => void;
  /** Why nothing can be changed now; null: it can. */
  dead: string | null;
}

export const ChangeAskerContext = createContext<ChangeAsker>({ ask: () => undefined, dead: null });

export function useChangeAsker(): ChangeAsker {
  return useContext(ChangeAskerContext);
}
