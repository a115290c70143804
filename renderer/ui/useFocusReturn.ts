import { useEffect } from 'react';

/** Gives the focus back to where it was before this was opened, unless it has gone elsewhere by then. */
export function useFocusReturn(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
}
