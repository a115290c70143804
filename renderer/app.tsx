import { useEffect, type ReactElement } from 'react';
import type { Settings } from '../src/api/state.ts';
import { useApp, useAppState, useBridge } from './store/hooks.ts';
import { ConnectionNotice } from './views/connectionNotice.tsx';
import { Desk } from './views/desk.tsx';

export function App(): ReactElement {
  const bridge = useBridge();
  const connection = useApp((store) => store.connection);
  useTheme(useAppState(({ settings }) => settings.theme) ?? 'system');
  if (bridge === null || connection === 'not_admitted') return <ConnectionNotice connection={connection} />;
  return <Desk bridge={bridge} />;
}

const prefersLight = globalThis.matchMedia('(prefers-color-scheme: light)');

function useTheme(theme: Settings['theme']): void {
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
