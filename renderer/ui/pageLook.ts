import { useEffect } from 'react';
import type { Settings } from '../../src/api/settings/appSettings.ts';

/** Scales the window: all sizes are in rem, and the browser's own text size counts too. */
export function useTextSize(percent: Settings['textSize']): void {
  useEffect(() => {
    document.documentElement.style.fontSize = `${String(percent)}%`;
  }, [percent]);
}

const prefersLight = globalThis.matchMedia('(prefers-color-scheme: light)');

/** Colours of the page, dark or light. */
export function useTheme(theme: Settings['theme']): void {
  useEffect(() => {
    const apply = (): void => {
      const light = theme === 'light' || (theme === 'system' && prefersLight.matches);
      document.documentElement.dataset['theme'] = light ? 'light' : 'dark';
    };
    apply();
    prefersLight.addEventListener('change', apply);
    return () => {
      prefersLight.removeEventListener('change', apply);
    };
  }, [theme]);
}
