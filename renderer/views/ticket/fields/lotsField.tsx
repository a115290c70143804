import { Minus, Plus } from 'lucide-react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { LotLimits } from '../../../../src/domain/lotLimits.ts';
import { isComposing } from '../../../ui/composing.ts';
import { Field, inputClass, type FieldProps } from '../../../ui/field.tsx';
import { stepLots } from '../form/ticketForm.ts';

/** Lots with steppers; the arrow keys do the same, so the steppers are not in the tab order. */
export function LotsField({
  limits,
  value,
  onChange,
  ...field
}: Omit<FieldProps, 'label'> & {
  limits: LotLimits;
  value: string;
  onChange: (value: string) => void;
}): ReactElement {
  const step = (direction: 1 | -1): void => {
    onChange(stepLots(value, limits, direction));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? 1 : -1);
  };
  return (
    <Field label="Lots" {...field}>
      {({ id, describedBy }) => (
        <div className="flex">
          <Stepper direction={-1} onStep={step} />
          <input
            id={id}
            type="text"
            inputMode="decimal"
            value={value}
            autoComplete="off"
            aria-invalid={field.error !== undefined}
            aria-describedby={describedBy}
            onChange={(event) => {
              onChange(event.target.value);
            }}
            onKeyDown={onKeyDown}
            className={`${inputClass} z-[1] rounded-none text-center font-medium`}
          />
          <Stepper direction={1} onStep={step} />
        </div>
      )}
    </Field>
  );
}

function Stepper({ direction, onStep }: { direction: 1 | -1; onStep: (direction: 1 | -1) => void }): ReactElement {
  const Icon = direction === 1 ? Plus : Minus;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      onClick={() => {
        onStep(direction);
      }}
      className={`flex h-8 w-8 shrink-0 items-center justify-center border bg-raised text-muted hover:text-text ${direction === 1 ? 'rounded-r-[6px] border-l-0' : 'rounded-l-[6px] border-r-0'}`}
    >
      <Icon className="size-4" />
    </button>
  );
}
