import { FolderOpen } from 'lucide-react';
import type { ReactElement } from 'react';
import type { AppState } from '../../../src/api/state/state.ts';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copyButton.tsx';
import { unwaited } from '../../store/unwaited.ts';

const tradingView = 'https://www.tradingview.com/';

/** Version, folders of the desk's files, and the notice that a library asks for. */
export function AboutApp({ app }: { app: AppState['app'] }): ReactElement {
  const { busy, failure, run } = useCall();
  return (
    <section aria-label="About" className="flex flex-col gap-2 text-xs text-muted">
      <p>BITTEN Desk {app.version}</p>
      <Path name="Data folder" path={app.dataDir} />
      <Path name="Log folder" path={app.logDir} />
      <p>
        Price chart: TradingView Lightweight Charts™, Copyright © 2026 TradingView, Inc., Apache License 2.0,{' '}
        {globalThis.bittenDesk === undefined ? (
          <a href={tradingView} target="_blank" rel="noreferrer" className="text-text underline">
            {tradingView}
          </a>
        ) : (
          // The desktop's window opens no address.
          <span className="text-text select-text">{tradingView}</span>
        )}
      </p>
      {globalThis.bittenDesk !== undefined && (
        <div className="flex items-center gap-3">
          <Button
            disabled={busy}
            onClick={() => {
              unwaited(run('openLogFolder', null));
            }}
          >
            <FolderOpen className="size-4" aria-hidden="true" />
            Open log folder
          </Button>
          <p role="status" className="min-w-0 text-down">
            {failure}
          </p>
        </div>
      )}
    </section>
  );
}

function Path({ name, path }: { name: string; path: string }): ReactElement {
  return (
    <div className="flex items-center gap-2">
      <p className="min-w-0 flex-1">
        {name}
        <br />
        <span className="font-mono break-all text-text">{path}</span>
      </p>
      <CopyButton text={path} label={`Copy the ${name.toLowerCase()}’s path`} />
    </div>
  );
}
