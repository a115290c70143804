import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { formatMoney } from '../../format.ts';
import { useCall } from '../../store/callApp.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { isNoteTooLong, NoteField } from './noteField.tsx';

/** Restarts day start and peak at the current equity. */
export function Rebase({ bridge, onDone }: { bridge: BridgeState; onDone: () => void }): ReactElement {
  const [note, setNote] = useState('');
  const { failure, run } = useCall();
  const { account, riskBase } = bridge;
  const currency = accountCurrency(bridge);
  const money = (amount: number | null | undefined): string =>
    amount === null || amount === undefined ? 'not known' : `${formatMoney(amount)} ${currency ?? ''}`.trim();
  const tooLong = isNoteTooLong(note);
  return (
    <ConfirmDialog
      title="Re-base day start and peak"
      word="Re-base"
      disabled={tooLong}
      startOn="cancel"
      failure={failure}
      onConfirm={async () => {
        const done = await run('rebase', { bridge: bridge.id, note: note.trim() });
        if (done) onDone();
        return done;
      }}
      onCancel={onDone}
    >
      <p className="text-sm">
        After a deposit or a withdrawal, the equity that the day began with and its peak no longer compare with the
        equity of now: a withdrawal looks like a loss, and a deposit hides one. Re-basing sets both to the equity of
        now. Daily loss and drawdown then count from there.
      </p>
      <Facts>
        <Fact name="Day start equity">{money(riskBase?.dayStartEquity)}</Fact>
        <Fact name="Peak equity">{money(riskBase?.peakEquity)}</Fact>
        <Fact name="Equity of now">{money(account.equity)}</Fact>
      </Facts>
      <p className="text-sm text-quiet">
        A loss of today is forgotten with it. Don&apos;t use it to trade on after one.
      </p>
      <NoteField placeholder="What was paid in or out" value={note} onChange={setNote} />
    </ConfirmDialog>
  );
}
