import { type ReactElement, type SyntheticEvent, useId, useState } from 'react';
import type { Order } from '../../../src/domain/orders/order.ts';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/textField.tsx';
import { emptySettlement, readSettlement, type SettleErrors, type SettleFields } from './settleForm.ts';
import { targetOf } from '../../../src/domain/orders/orderChange.ts';
import { unwaited } from '../../store/unwaited.ts';
import { isEntry } from '../../../src/domain/tradeTerms.ts';

/** What is asked about an order. */
function settleWords({ action, signalId, change = null }: Order): Record<'question' | 'yes' | 'no' | 'ticket', string> {
  if (isEntry(action)) {
    return {
      question: `Look in MT5 under Trade and History. The comment of its position is ${signalId}.`,
      yes: 'it was traded, and becomes filled',
      no: 'it was not traded, and becomes rejected',
      ticket: '',
    };
  }
  if (change === null || change.action === 'close_position' || change.action === 'close_by') {
    return {
      question: 'Look in MT5 under History and Trade: was this close done?',
      yes: change === null ? 'the positions were closed' : 'it was closed',
      no: 'nothing was closed',
      ticket: 'Of the closing deal.',
    };
  }
  return {
    question: 'Look in MT5 under Trade: was this change made?',
    yes: 'it was made',
    no: 'it was not made',
    ticket: `As of what it changes: ${targetOf(change)}.`,
  };
}

/** Settles an unknown order with a person's finding in MT5. */
export function SettleOrder({ order }: { order: Order }): ReactElement {
  const [fields, setFields] = useState<SettleFields>(emptySettlement);
  const [errors, setErrors] = useState<SettleErrors>({});
  const { busy, failure, run } = useCall();
  const group = useId();
  const close = !isEntry(order.action);
  const words = settleWords(order);
  const change = (changes: Partial<SettleFields>): void => {
    setFields({ ...fields, ...changes });
    setErrors({});
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const read = readSettlement(fields, order);
    if ('errors' in read) {
      setErrors(read.errors);
      return;
    }
    // The form is removed when done; the focus moves to the sheet.
    const sheet = event.currentTarget.closest('dialog');
    unwaited(
      run('settle', read.request).then((done) => {
        if (done) sheet?.focus();
      }),
    );
  };
  return (
    <form
      aria-label="Settle order"
      className="flex flex-col gap-3 rounded-[6px] border border-unknown px-4 py-3"
      onSubmit={submit}
    >
      <div>
        <h3 className="font-semibold text-unknown">Settle order</h3>
        <p className="text-sm">{words.question} What you say is kept with the order.</p>
      </div>
      <fieldset aria-label="What you found" className="flex flex-col gap-1 text-sm">
        <Choice
          group={group}
          label="Found in MT5"
          means={words.yes}
          checked={fields.found === 'yes'}
          onChoose={() => {
            change({ found: 'yes' });
          }}
        />
        <Choice
          group={group}
          label="Not in MT5"
          means={words.no}
          checked={fields.found === 'no'}
          onChoose={() => {
            change({ found: 'no' });
          }}
        />
        <p className="text-xs text-down empty:hidden">{errors.found}</p>
      </fieldset>
      {fields.found === 'yes' && (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Ticket"
            value={fields.ticket}
            error={errors.ticket}
            note="as needed"
            hint={close ? { text: words.ticket, warning: false } : null}
            decimal
            onChange={(ticket) => {
              change({ ticket });
            }}
          />
          <TextField
            label="Price"
            unit="optional"
            value={fields.price}
            error={errors.price}
            note="as needed"
            decimal
            onChange={(price) => {
              change({ price });
            }}
          />
        </div>
      )}
      <TextField
        label="Note"
        unit="optional"
        value={fields.note}
        error={errors.note}
        note="as needed"
        placeholder="How you know"
        onChange={(note) => {
          change({ note });
        }}
      />
      <div className="flex items-center gap-3">
        <Button type="submit" kind="primary" disabled={busy} className="min-w-24">
          Settle
        </Button>
        <p aria-live="assertive" className="text-sm text-down">
          {failure}
        </p>
      </div>
    </form>
  );
}

function Choice({
  group,
  label,
  means,
  checked,
  onChoose,
}: {
  group: string;
  label: string;
  means: string;
  checked: boolean;
  onChoose: () => void;
}): ReactElement {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <input
        id={id}
        type="radio"
        name={group}
        checked={checked}
        aria-describedby={`${id}-means`}
        onChange={onChoose}
        className="accent-[var(--buy)]"
      />
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <span id={`${id}-means`} className="text-muted">
        {means}
      </span>
    </div>
  );
}
