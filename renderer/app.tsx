import type { ReactElement } from 'react';
import { useApp, useAppState, useBridge } from './store/hooks.ts';
import { CompactTicket } from './views/compactTicket.tsx';
import { ConnectionNotice } from './views/connectionNotice.tsx';
import { Desk } from './views/desk.tsx';
import { useTextSize, useTheme } from './ui/pageLook.ts';

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
