import type { ReactElement } from 'react';
import { citadelSources } from '../../../src/protocol/gateway/citadel.ts';
import { useAppState } from '../../store/hooks.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/textField.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Part } from '../settings/settingsPart.tsx';
import { engineField, type EngineErrors, type EngineForm, type EngineTextKey } from './engineForm.ts';

interface EngineFieldsProps {
  form: EngineForm;
  errors: EngineErrors;
  onChange: (changes: Partial<EngineForm>) => void;
}

/** The fields of an engine's limits, which apply besides the bridge's. */
export function EngineFields(props: EngineFieldsProps): ReactElement {
  const { form, onChange } = props;
  return (
    <>
      <Part title="How much and how often" text="The bridge's own limits hold besides. Empty is off.">
        <div className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-x-4 gap-y-1">
          <EngineSetting of="maxLot" {...props} />
          <EngineSetting of="tradesPerMinute" {...props} />
          <EngineSetting of="tradesPerDay" {...props} />
          <EngineSetting of="haltAfter" {...props} />
          <EngineSetting of="expiryS" {...props} />
          <EngineSetting of="riskPercent" {...props} />
        </div>
        <Checkbox
          label="Fire without a stop loss too, while on Auto"
          checked={form.withoutStop}
          onChange={(withoutStop) => {
            onChange({ withoutStop });
          }}
        />
        <Checkbox
          label="Change positions that it did not open"
          checked={form.changeOthers}
          onChange={(changeOthers) => {
            onChange({ changeOthers });
          }}
        />
        <Checkbox
          label="CITADEL scaling: it makes that risk smaller or larger"
          checked={form.citadelScaling}
          onChange={(citadelScaling) => {
            onChange({ citadelScaling });
          }}
        />
        {form.citadelScaling && (
          <div className="mt-2 grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-x-4 gap-y-1">
            <Choice
              label="What scales"
              values={citadelSources}
              names={{ score: 'Its score', risk_multiplier: 'Its risk multiplier' }}
              value={form.citadelBy}
              onChange={(citadelBy) => {
                if (citadelBy !== null) onChange({ citadelBy });
              }}
            />
            <EngineSetting of="citadelFactors" {...props} />
          </div>
        )}
      </Part>
      <Part title="Where and what">
        <div className="flex flex-col gap-3">
          <Bridges {...props} />
          <EngineSetting of="symbols" {...props} />
        </div>
      </Part>
    </>
  );
}

function EngineSetting({ of, form, errors, onChange }: EngineFieldsProps & { of: EngineTextKey }): ReactElement {
  const { label, hint, off, suffix } = engineField(of);
  const empty = form.texts[of].trim() === '';
  return (
    <TextField
      label={label}
      value={form.texts[of]}
      error={errors[of]}
      note="at least a line"
      hint={{ text: empty ? (off ?? hint) : hint, warning: false }}
      placeholder={of === 'symbols' ? 'every symbol' : off === null ? '' : 'off'}
      decimal={of !== 'symbols' && of !== 'citadelFactors'}
      suffix={suffix}
      onChange={(typed) => {
        onChange({ texts: { ...form.texts, [of]: typed } });
      }}
    />
  );
}

/** All bridges, including later ones; or some of them. */
function Bridges({ form: { bridges }, errors, onChange }: EngineFieldsProps): ReactElement {
  const known = useAppState((app) => app.bridges) ?? [];
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const ids = [...new Set([...names.keys(), ...(bridges ?? [])])];
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Bridges</legend>
      <div className="flex flex-wrap gap-x-5">
        <Checkbox
          label="Every bridge"
          checked={bridges === null}
          onChange={(every) => {
            onChange({ bridges: every ? null : [...names.keys()] });
          }}
        />
        {bridges !== null &&
          ids.map((id) => (
            <Checkbox
              key={id}
              label={names.get(id) ?? id}
              checked={bridges.includes(id)}
              onChange={(checked) => {
                onChange({ bridges: checked ? [...bridges, id] : bridges.filter((each) => each !== id) });
              }}
            />
          ))}
      </div>
      <p aria-live="polite" className="text-xs text-down empty:hidden">
        {errors.bridges}
      </p>
    </fieldset>
  );
}
