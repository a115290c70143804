import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { formatMoney } from '../../format.ts';
import { useCall } from '../../store/callApp.ts';
import { useNow } from '../../store/hooks.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { amountError, readNumber } from '../../ui/typed.ts';
import { AmountField } from './amountField.tsx';
import { isNoteTooLong, NoteField } from './noteField.tsx';
import { dayStartWords } from './dayStartWords.ts';

/** Sets the equity that the trading day started with, as a person knows it. */
export function SetDayStart({ bridge, onDone }: { bridge: BridgeState; onDone: () => void }): ReactElement {
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const { failure, run } = useCall();
  const now = useNow();
  const { riskBase } = bridge;
  const currency = accountCurrency(bridge);
  const equity = readNumber(typed);
  const tooLong = isNoteTooLong(note);
  const error = amountError(typed);
  return (
    <ConfirmDialog
      title="Set the day's start"
      word="Set day start"
      disabled={equity === null || error !== undefined || tooLong}
      startOn="cancel"
      failure={failure}
      onConfirm={async () => {
        const done = await run('setDayStart', { bridge: bridge.id, equity: equity ?? 0, note: note.trim() });
        if (done) onDone();
        return done;
      }}
      onCancel={onDone}
    >
      <p className="text-sm">
        The desk takes the first equity that it sees on a trading day for the day's start. Where it was started later
        than the day, type what the day really began with: the daily loss then counts from there.
      </p>
      <Facts>
        <Fact name="Day start equity">
          {riskBase === null ? (
            'not known'
          ) : (
            <>
              <span className="figures">
                {formatMoney(riskBase.dayStartEquity)} {currency ?? ''}
              </span>{' '}
              <span className="font-normal text-muted">{dayStartWords(riskBase, now)}</span>
            </>
          )}
        </Fact>
      </Facts>
      <AmountField label="The day began with" currency={currency} value={typed} onChange={setTyped} />
      <NoteField placeholder="Where the figure is from" value={note} onChange={setNote} />
    </ConfirmDialog>
  );
}
