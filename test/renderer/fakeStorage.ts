import { vi } from 'vitest';

/** A browser's storage in memory, in place of `localStorage` until `vi.unstubAllGlobals`. */
export function fakeStorage(): Map<string, string> {
  const items = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  });
  return items;
}
