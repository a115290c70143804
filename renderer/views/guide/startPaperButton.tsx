import { FlaskConical } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { appStore } from '../../store/appStore.ts';
import { useApp } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';

/** Starts the paper EA on a bridge of its own, and shows that bridge. */
export function StartPaperButton(): ReactElement {
  const client = useApp((store) => store.client);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const start = (): void => {
    setStarting(true);
    client?.call('startPaper', null).then(
      () => {
        appStore.setState({ chosenBridge: 'paper' });
        setStarting(false);
      },
      (error: unknown) => {
        setFailure(error instanceof Error ? error.message : String(error));
        setStarting(false);
      },
    );
  };
  return (
    <>
      <Button kind="buy" disabled={client === null || starting} onClick={start}>
        <FlaskConical className="size-4" aria-hidden="true" />
        {starting ? 'Starting the paper EA…' : 'Try it with the paper EA'}
      </Button>
      {failure !== null && <span className="text-sm text-down">{failure}</span>}
    </>
  );
}
