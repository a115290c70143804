import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StopKind } from '../../../../src/domain/sizing/stops.ts';

/** A stop that is being dragged. The ticket takes its text once a second and at the end; its field shows it at once. */
export interface HeldStop {
  kind: StopKind;
  text: string;
}

const heldStore = createStore<{ held: HeldStop | null }>(() => ({ held: null }));

export function useHeldStop(): HeldStop | null {
  return useStore(heldStore, ({ held }) => held);
}

/** @param held null: none is dragged any more */
export function holdStop(held: HeldStop | null): void {
  heldStore.setState({ held });
}
