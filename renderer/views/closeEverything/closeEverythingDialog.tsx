import { useState, type ReactElement } from 'react';
import type { AccountClosed } from '../../../src/api/queries/closeEverything.ts';
import { shownAccount } from '../../../src/api/presentation/shownAccount.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { useCall } from '../../store/callApp.ts';
import { useAppState } from '../../store/hooks.ts';
import { unwaited } from '../../store/unwaited.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { HoldButton } from '../../ui/holdButton.tsx';
import { AccountChoice } from './accountChoice.tsx';
import { closable } from './closable.ts';
import { ClosedResults } from './closedResults.tsx';

const noBridges: readonly BridgeState[] = [];

/** Which accounts, what is closed on each and what is not; then a result for each position. It never expires. */
export function CloseEverythingDialog({ onClose }: { onClose: () => void }): ReactElement {
  const bridges = useAppState((app) => app.bridges) ?? noBridges;
  const [left, setLeft] = useState<readonly string[]>([]);
  const [pending, setPending] = useState(true);
  const [closed, setClosed] = useState<readonly AccountClosed[] | null>(null);
  const { busy, failure, ask } = useCall();
  const chosen = bridges.filter((bridge) => closable(bridge).isReachable && !left.includes(bridge.id));
  const send = async (): Promise<void> => {
    const accounts = chosen.map((bridge) => ({ bridge: bridge.id, account: shownAccount(bridge) }));
    const answer = await ask('closeEverything', { accounts, pending });
    if (answer !== null) setClosed(answer.output);
  };
  if (closed !== null) return <ClosedResults closed={closed} bridges={bridges} onClose={onClose} />;
  return (
    <Dialog title="Close everything" onClose={onClose}>
      <div className="flex flex-col gap-3 px-5 py-4">
        {bridges.map((bridge) => (
          <AccountChoice
            key={bridge.id}
            bridge={bridge}
            chosen={chosen.includes(bridge)}
            onChoose={(isChosen) => {
              setLeft(isChosen ? left.filter((id) => id !== bridge.id) : [...left, bridge.id]);
            }}
          />
        ))}
        <Checkbox label="Cancel pending orders too" checked={pending} onChange={setPending} />
        <p className="text-sm text-muted">
          Each position is closed at the market, now, whoever opened it, also while disarmed or under the kill switch.
          Nothing is opened.
        </p>
      </div>
      <div className="sticky bottom-0 flex items-center justify-end gap-2 border-t border-line bg-panel px-5 py-3">
        <div aria-live="assertive" className="mr-auto text-sm text-down">
          {failure}
        </div>
        <Button data-cancel data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <HoldButton
          label={
            busy
              ? 'Sending'
              : `Hold to close on ${chosen.length === 1 ? '1 account' : `${String(chosen.length)} accounts`}`
          }
          disabled={busy || chosen.length === 0}
          onHeld={() => {
            unwaited(send());
          }}
        />
      </div>
    </Dialog>
  );
}
