import type { ReactElement } from 'react';
import type { Connection } from '../store/appStore.ts';

const texts: Record<Connection, { title: string; text: string }> = {
  connecting: {
    title: 'Connecting to BITTEN Desk…',
    text: 'If this stays, start it with “npm run serve” on this machine.',
  },
  open: { title: 'Loading…', text: 'The state of the desk is on its way.' },
  lost: { title: 'BITTEN Desk does not answer', text: 'It is tried again every second.' },
  link_used: {
    title: 'This link was used or is too old',
    text: 'Run “npx bitten-desk open” on this machine to get a fresh one.',
  },
  session_ended: {
    title: 'This window needs a fresh link',
    text: 'BITTEN Desk was started again, or its browser sessions were ended. Run “npx bitten-desk open” on this machine and open the link that it prints; this window then goes on by itself.',
  },
};

/** The whole window, while there is nothing else to show. */
export function ConnectionNotice({ connection }: { connection: Connection }): ReactElement {
  const { title, text } = texts[connection];
  return (
    <main className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center">
      <h1 className="text-xl font-semibold">{title}</h1>
      <p className="text-muted">{text}</p>
    </main>
  );
}
