import { useSyncExternalStore } from 'react';

/** A window of 2560 px and more, at the usual size of text. */
const wide = globalThis.matchMedia('(min-width: 160rem)');
/** A window of less than 720 px, at the usual size of text. */
const low = globalThis.matchMedia('(max-height: 44.9rem)');

/** Whether the window has room for two lists beside each other. */
export function useWide(): boolean {
  return useMedia(wide);
}

/** Whether the window is so low that the ticket's end lies below it. */
export function useLow(): boolean {
  return useMedia(low);
}

function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (onChange) => {
      query.addEventListener('change', onChange);
      return () => {
        query.removeEventListener('change', onChange);
      };
    },
    () => query.matches,
  );
}
