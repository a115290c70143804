import type { ReactElement } from 'react';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import { tickOf } from '../../../../src/domain/orders/pendingCheck.ts';
import type { Instrument } from '../../../../src/domain/sizing/stops.ts';
import { digitsOf } from '../../../shared/symbolContext.ts';
import { useNow } from '../../../store/hooks.ts';
import { ChoiceGroup } from '../../../ui/choiceGroup.tsx';
import { Field, inputClass } from '../../../ui/field.tsx';
import { TextField } from '../../../ui/textField.tsx';
import {
  entryNames,
  type EntryFields as Typed,
  stepPrice,
  ticketEntries,
  ticketExpiries,
  zoneAt,
} from '../form/ticketEntry.ts';
import type { TicketErrors } from '../form/ticketErrors.ts';

const expiryNames = { gtc: 'Until cancelled', day: 'Day', time: 'Time' } as const;

/** The kind of order, and of a pending one its price and expiry. Arrow keys step a price by a tick, with Shift by ten. */
export function EntryFields({
  typed,
  instrument,
  quote,
  errors,
  onChange,
}: {
  typed: Typed;
  instrument: Instrument;
  quote: Quote | null;
  errors: TicketErrors;
  onChange: (changes: Partial<Typed>) => void;
}): ReactElement {
  const now = useNow();
  const digits = digitsOf(instrument, quote);
  const tick = tickOf(instrument) ?? 10 ** -digits;
  const at = new Date(typed.until).getTime();
  const price = (field: 'price' | 'limit', label: string): ReactElement => (
    <div
      onKeyDown={(event) => {
        const way = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
        if (way === 0 || event.nativeEvent.isComposing) return;
        event.preventDefault();
        const steps = way * (event.shiftKey ? 10 : 1);
        onChange({ [field]: stepPrice(typed[field], tick, digits, steps, quote?.bid ?? null) });
      }}
    >
      <TextField
        label={label}
        decimal
        value={typed[field]}
        placeholder="type a price"
        error={errors[field]}
        onChange={(text) => {
          onChange({ [field]: text });
        }}
      />
    </div>
  );
  return (
    <>
      <div className="flex min-h-6 items-center justify-between">
        <span className="text-xs text-muted">Order</span>
        <ChoiceGroup
          label="Order"
          values={ticketEntries}
          names={entryNames}
          value={typed.kind}
          onChange={(kind) => {
            onChange({ kind });
          }}
        />
      </div>
      {typed.kind !== 'market' && (
        <>
          <div className="grid grid-cols-2 gap-x-3">
            {price('price', typed.kind === 'stop_limit' ? 'Stop price' : 'Price')}
            {typed.kind === 'stop_limit' && price('limit', 'Limit price')}
          </div>
          <div className="flex min-h-6 items-center justify-between">
            <span className="text-xs text-muted">Waits</span>
            <ChoiceGroup
              label="Waits"
              values={ticketExpiries}
              names={expiryNames}
              value={typed.expiry}
              onChange={(expiry) => {
                onChange({ expiry });
              }}
            />
          </div>
          {errors.until !== undefined && typed.expiry !== 'time' && (
            <p role="alert" className="text-xs text-down">
              {errors.until}
            </p>
          )}
          {typed.expiry === 'time' && (
            <Field label={`Until, ${zoneAt(Number.isNaN(at) ? now : at)}`} error={errors.until}>
              {({ id, describedBy }) => (
                <input
                  id={id}
                  type="datetime-local"
                  value={typed.until}
                  aria-describedby={describedBy}
                  onChange={(event) => {
                    onChange({ until: event.target.value });
                  }}
                  className={`${inputClass} font-medium`}
                />
              )}
            </Field>
          )}
        </>
      )}
    </>
  );
}
