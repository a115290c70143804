import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useApp } from '../../store/hooks.ts';
import { unwaited } from '../../store/unwaited.ts';
import { type StopUnit, stopUnits } from '../../../src/domain/tradeTerms.ts';

const words: Record<StopUnit, { name: string; text: string }> = {
  points: { name: 'Points', text: 'SL 200 is 200 points away. EA v7 reads stops so.' },
  price: { name: 'Price', text: 'SL 2339.20 is the price 2339.20.' },
};

/** Asks for the unit of stops before the first order: a wrong unit misplaces every stop. */
export function StopUnitStep({ bridge }: { bridge: BridgeState }): ReactElement {
  const connected = useApp(({ client }) => client !== null);
  return (
    <fieldset disabled={!connected} className="mt-1 flex flex-wrap gap-2">
      <legend className="sr-only">How the EA reads stops</legend>
      {stopUnits.map((unit) => (
        <label
          key={unit}
          className="flex cursor-pointer items-start gap-2 rounded-[6px] border border-line bg-raised px-3 py-1.5 has-checked:border-focus"
        >
          <input
            type="radio"
            name="stop-unit"
            className="mt-1 accent-[var(--buy)]"
            checked={bridge.stopUnit === unit}
            onChange={() => {
              unwaited(
                callOrTell(
                  'updateBridge',
                  { bridge: bridge.id, changes: { stopUnit: unit } },
                  'The stop unit was not set.',
                ),
              );
            }}
          />
          <span>
            <span className="block text-sm font-medium">{words[unit].name}</span>
            <span className="block text-xs text-muted">{words[unit].text}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
