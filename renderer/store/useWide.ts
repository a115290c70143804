import { useSyncExternalStore } from 'react';

/** A window of 2560 px and more, at the usual size of text. */
const wide = globalThis.matchMedia('(min-width: 160rem)');

/** Whether the window has room for two lists beside each other. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide.matches);
}

function subscribe(onChange: () => void): () => void {
  wide.addEventListener('change', onChange);
  return () => {
    wide.removeEventListener('change', onChange);
  };
}
