import { useEffect, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Order } from '../../src/domain/orders/order.ts';
import { orphansOf } from '../../src/api/state/orphans.ts';
import type { AppState, BridgeState } from '../../src/api/state/state.ts';
import { appStore, type AppStore } from './appStore.ts';
import { chooseBridge } from './chooseBridge.ts';
import { drawWithin } from './drawing.ts';

export function useApp<T>(select: (store: AppStore) => T): T {
  return useStore(appStore, select);
}

/** The bridge on screen, or null before the first snapshot. */
export function useBridge(): BridgeState | null {
  return useApp(({ app, chosenBridge }) => chooseBridge(app?.bridges ?? [], chosenBridge));
}

/** A part of the app's state; null before the first snapshot. */
export function useAppState<T>(select: (app: AppState) => T): T | null {
  return useApp(({ app }) => (app === null ? null : select(app)));
}

/** Orders in doubt of removed bridges, shown with every bridge but paper. */
export function useOrphans({ kind }: Pick<BridgeState, 'kind'>): readonly Order[] {
  const app = useApp((store) => store.app);
  return app === null || kind === 'paper' ? [] : orphansOf(app);
}

let nowTimer: ReturnType<typeof setInterval> | undefined;
const nowListeners = new Set<() => void>();
let now = Date.now();

/** How late the time may be, ms, so that it is drawn with the next figures. */
const lateMs = 300;

function tick(): void {
  now = Date.now();
  for (const each of nowListeners) each();
}

/** The app's time, once a second. */
export function useNow(): number {
  const local = useSyncExternalStore(subscribeNow, () => now);
  return local + useApp(({ clockOffset }) => clockOffset);
}

function subscribeNow(listener: () => void): () => void {
  nowListeners.add(listener);
  nowTimer ??= setInterval(() => {
    drawWithin(lateMs, tick);
  }, 1_000);
  return () => {
    nowListeners.delete(listener);
    if (nowListeners.size > 0) return;
    clearInterval(nowTimer);
    nowTimer = undefined;
  };
}

/** True for a moment after each change of the value. */
export function useFlash(value: unknown, ms: number): boolean {
  const [flashing, setFlashing] = useState(false);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setFlashing(true);
  }
  useEffect(() => {
    if (!flashing) return undefined;
    const timer = setTimeout(() => {
      setFlashing(false);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [flashing, ms]);
  return flashing;
}
