import type { ReactElement } from 'react';
import type { BridgeState, Quote } from '../../../src/api/state.ts';
import { Field, inputClass } from './field.tsx';
import { describeStop, unitNames } from './ticketForm.ts';

/** A stop with the bridge's unit inside the field and what it amounts to below it (W5). */
export function StopField({
  label,
  bridge,
  quote,
  value,
  error,
  onChange,
}: {
  label: string;
  bridge: BridgeState;
  quote: Quote | null;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}): ReactElement {
  return (
    <Field label={label} error={error} hint={describeStop(value, bridge, quote)}>
      {({ id, describedBy }) => (
        <div className="relative">
          <input
            id={id}
            type="text"
            inputMode="decimal"
            value={value}
            placeholder="none"
            autoComplete="off"
            aria-invalid={error !== undefined}
            aria-describedby={`${describedBy} ${id}-unit`}
            onChange={(event) => {
              onChange(event.target.value);
            }}
            className={`${inputClass} pr-16 font-medium`}
          />
          <span
            id={`${id}-unit`}
            className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-sm text-muted"
          >
            {unitNames[bridge.stopUnit]}
          </span>
        </div>
      )}
    </Field>
  );
}
