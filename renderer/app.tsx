import { type ReactElement, useEffect } from 'react';
import { useApp, useAppState, useBridge } from './store/hooks.ts';
import { CompactTicket } from './views/compactTicket.tsx';
import { ConnectionNotice } from './views/connectionNotice.tsx';
import { Desk } from './views/desk.tsx';
import type { Settings } from '../src/api/settings/appSettings.ts';

/** Kind of this window, read before the launch token is removed from the address. */
export const view = new URLSearchParams(globalThis.location.search).get('view') === 'ticket' ? 'ticket' : 'desk';

export function App(): ReactElement {
  const bridge = useBridge();
  const connection = useApp((store) => store.connection);
  useTheme(useAppState(({ settings }) => settings.theme) ?? 'system');
  useTextSize(useAppState(({ settings }) => settings.textSize) ?? 100);
  if (bridge === null || connection === 'link_used' || connection === 'session_ended')
    return <ConnectionNotice connection={connection} />;
  return view === 'ticket' ? <CompactTicket bridge={bridge} /> : <Desk bridge={bridge} />;
}

/** Scales the window: all sizes are in rem, and the browser's own text size counts too. */
function useTextSize(percent: Settings['textSize']): void {
  useEffect(() => {
    document.documentElement.style.fontSize = `${String(percent)}%`;
  }, [percent]);
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
