import type { ReactElement } from 'react';
import type { Connection } from '../store/appStore.ts';
import { CopyButton } from '../ui/copyButton.tsx';

const openCommand = 'npx bitten-desk open';

const texts: Record<Connection, { title: string; text: string; command?: string }> = {
  connecting: {
    title: 'Connecting to BITTEN Desk…',
    text: 'If this stays, start it with “npm run serve” on this machine.',
  },
  open: { title: 'Loading…', text: 'The state of the desk is on its way.' },
  lost: { title: 'BITTEN Desk does not answer', text: 'It is tried again every second.' },
  link_used: {
    title: 'This link was used or is too old',
    text: 'Run this on the machine that BITTEN Desk runs on, and open the link that it prints.',
    command: openCommand,
  },
  session_ended: {
    title: 'This window needs a fresh link',
    text: 'BITTEN Desk was started again, or its browser sessions were ended. Run this on the machine that it runs on, and open the link that it prints. This window then goes on by itself.',
    command: openCommand,
  },
};

/** Fills the window while there is no state to show. */
export function ConnectionNotice({ connection }: { connection: Connection }): ReactElement {
  const { title, text, command } = texts[connection];
  return (
    <main className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center">
      <h1 className="text-xl font-semibold">{title}</h1>
      <p className="max-w-[34rem] text-balance text-muted">{text}</p>
      {command !== undefined && (
        <p className="mt-2 flex items-center gap-1 rounded-[6px] border border-line bg-panel py-0.5 pr-1 pl-3">
          <code className="font-mono text-sm">{command}</code>
          <CopyButton text={command} label="Copy the command" />
        </p>
      )}
    </main>
  );
}
