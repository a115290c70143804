import type { ReactElement } from 'react';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import { isUnavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import {
  typedStopUnits,
  type Instrument,
  type StopKind,
  type TypedStopUnit,
} from '../../../../src/domain/sizing/stops.ts';
import { ChoiceGroup } from '../../../ui/choiceGroup.tsx';
import { TextField } from '../../../ui/textField.tsx';
import { viewWords, type StopViews } from '../form/stopHint.ts';
import { useHeldStop } from '../form/heldStop.ts';
import type { TicketErrors } from '../form/ticketErrors.ts';
import { describeStop, type StopHint } from '../form/ticketSizing.ts';
import { digitsOf } from '../../../shared/symbolContext.ts';

const unitNames: Record<TypedStopUnit, string> = { points: 'Points', pips: 'Pips', price: 'Price', money: 'Money' };
const labels = { sl: 'Stop loss', tp: 'Take profit' } as const;
const kinds = ['sl', 'tp'] as const;

/** Both stops in one unit, each with its values in the others below. */
export function StopFields({
  unit,
  texts,
  views,
  errors,
  currency,
  instrument,
  quote,
  onUnit,
  onType,
}: {
  unit: TypedStopUnit;
  texts: Record<StopKind, string>;
  /** Each stop in every unit; null: no stop. */
  views: Record<StopKind, StopViews | null>;
  errors: TicketErrors;
  currency: string | null;
  instrument: Instrument;
  quote: Quote | null;
  onUnit: (unit: TypedStopUnit) => void;
  onType: (kind: StopKind, text: string) => void;
}): ReactElement {
  const held = useHeldStop();
  const hint = (kind: StopKind): StopHint | null => {
    const seen = views[kind];
    if (seen === null) return null;
    const text = viewWords(seen, unit, digitsOf(instrument, quote), currency);
    const points = seen.points;
    const close = isUnavailable(points) ? null : describeStop({ unit: 'points', value: points }, instrument, quote);
    return close?.warning === true ? { text: `${close.text} · ${text}`, warning: true } : { text, warning: false };
  };
  return (
    <>
      <div className="flex min-h-6 items-center justify-between">
        <span className="text-xs text-muted">Stops in</span>
        <ChoiceGroup label="Stops in" values={typedStopUnits} names={unitNames} value={unit} onChange={onUnit} />
      </div>
      <div className="grid grid-cols-2 gap-x-3">
        {kinds.map((kind) => (
          <div key={kind} data-shortcut={kind}>
            <TextField
              label={labels[kind]}
              value={held?.kind === kind ? held.text : texts[kind]}
              error={errors[kind]}
              // Figures of a stop in the hand follow once a second.
              hint={held?.kind === kind ? null : hint(kind)}
              note="two lines"
              decimal
              placeholder="none"
              suffix={unit === 'money' ? (currency ?? 'money') : unit}
              onChange={(text) => {
                onType(kind, text);
              }}
            />
          </div>
        ))}
      </div>
    </>
  );
}
