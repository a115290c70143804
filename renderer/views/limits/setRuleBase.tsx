import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import type { RuleRow } from '../../../src/domain/accountRules/ruleReport.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { formatMoney } from '../../format.ts';
import { useCall } from '../../store/callApp.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { amountError, readNumber } from '../../ui/typed.ts';
import { AmountField } from './amountField.tsx';
import { isNoteTooLong, NoteField } from './noteField.tsx';

/** Sets what a rule of losses is measured from, as a person knows it. */
export function SetRuleBase({
  bridge,
  row,
  onDone,
}: {
  bridge: BridgeState;
  row: RuleRow;
  onDone: () => void;
}): ReactElement {
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const { failure, run } = useCall();
  const value = readNumber(typed);
  const error = amountError(typed);
  const isDay = row.kind === 'daily_loss';
  return (
    <ConfirmDialog
      title={`Base of “${row.name}”`}
      word="Set base"
      disabled={value === null || error !== undefined || isNoteTooLong(note)}
      startOn="cancel"
      failure={failure}
      onConfirm={async () => {
        const done = await run('setRuleBase', {
          bridge: bridge.id,
          rule: row.id,
          value: value ?? 0,
          note: note.trim(),
        });
        if (done) onDone();
        return done;
      }}
      onCancel={onDone}
    >
      <p className="text-sm">
        {isDay
          ? 'What the account had when the day of the rule began, as MT5 or the firm says. The floor is measured from it.'
          : 'The highest that the account has reached, as MT5 or the firm says. The floor of a trailing rule is measured from it; below the initial capital that counts.'}
      </p>
      <Facts>
        <Fact name="Now measured from">
          <span className="figures">{row.base === null ? 'not known' : formatMoney(row.base.of)}</span>
        </Fact>
        <Fact name="Floor now">
          <span className="figures">{row.floor === null ? 'not known' : formatMoney(row.floor)}</span>
        </Fact>
      </Facts>
      <AmountField
        label={isDay ? 'The day began with' : 'The peak was'}
        currency={accountCurrency(bridge)}
        value={typed}
        onChange={setTyped}
      />
      <NoteField placeholder="Where the figure is from" value={note} onChange={setNote} />
    </ConfirmDialog>
  );
}
