import type { ReactElement } from 'react';
import { riskProfiles, type RiskLimits, type RiskProfile } from '../../../src/domain/risk/riskLimits.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Part, Setting, type PartProps } from './settingsPart.tsx';
import { profileIn, withProfile } from './settingsForm.ts';

/** ID of the beginning of the limits. */
export const limitsId = 'settings-limits';

const names: Record<RiskProfile, string> = { nibbler: 'Nibbler', fang: 'Fang', commander: 'Commander', apex: 'Apex' };
const profiles = Object.keys(riskProfiles) as RiskProfile[];

/** Limits of symbols, sizes and risk. */
export function LimitsSection({
  limits,
  currency,
  ...parts
}: PartProps & { limits: RiskLimits; currency: string }): ReactElement {
  const { form, onChange } = parts;
  const chosen = profileIn(form, limits);
  return (
    <>
      <Part
        id={limitsId}
        title="Risk profile"
        text="How often may be traded. A profile fills in the four limits below. Closes pass them all."
      >
        <div className="grid grid-cols-4 gap-2">
          {profiles.map((profile) => (
            <ProfileButton
              key={profile}
              profile={profile}
              chosen={profile === chosen}
              onChoose={() => {
                onChange(withProfile(form, profile, limits));
              }}
            />
          ))}
        </div>
        <div className="mt-3 grid grid-cols-2 gap-x-4 gap-y-1">
          <Setting of="limits.openTrades" {...parts} />
          <Setting of="limits.tradesPerDay" {...parts} />
          <Setting of="limits.tradesPerMinute" {...parts} />
          <Setting of="limits.duplicateWindowS" {...parts} />
        </div>
      </Part>
      <Part
        title="Money"
        text="Where a figure that a limit needs is not known, every buy and sell is refused, too. Empty switches a limit off."
      >
        <div className="grid grid-cols-2 gap-x-4 gap-y-1">
          <Setting of="limits.riskPercent" {...parts} />
          <Setting of="limits.dailyLossPercent" {...parts} />
          <Setting of="limits.drawdownPercent" {...parts} />
          <Setting of="limits.marginLevel" {...parts} />
          <Setting of="limits.freeMargin" suffix={currency} {...parts} />
        </div>
      </Part>
      <Part
        title="Large risk"
        text="It refuses nothing: an order that risks this share of equity or more is fired by typing its lots."
      >
        <div className="grid grid-cols-2 gap-x-4">
          <Setting of="heavyRiskPercent" {...parts} />
        </div>
      </Part>
      <Part title="Stop loss">
        <Checkbox
          label="Stop loss required: an order without one is refused"
          checked={form.stopLossRequired}
          onChange={(stopLossRequired) => {
            onChange({ stopLossRequired });
          }}
        />
        <div className="grid grid-cols-2 gap-x-4">
          <Setting of="limits.stopDistance.min" {...parts} />
          <Setting of="limits.stopDistance.max" {...parts} />
        </div>
      </Part>
      <Part title="Trading day" text="At its beginning trades a day and the daily loss count from zero again.">
        <div className="grid grid-cols-2 gap-x-4">
          <Setting of="limits.day.timeZone" suggestions={zones} {...parts} />
          <Setting of="limits.day.startsAt" {...parts} />
        </div>
      </Part>
    </>
  );
}

const zones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

function ProfileButton({
  profile,
  chosen,
  onChoose,
}: {
  profile: RiskProfile;
  chosen: boolean;
  onChoose: () => void;
}): ReactElement {
  const { openTrades, tradesPerDay } = riskProfiles[profile];
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={`rounded-[6px] border px-2 py-1.5 text-left hover:border-strong-line ${chosen ? 'border-focus bg-raised' : 'border-line'}`}
    >
      <span className="block text-sm font-medium">{names[profile]}</span>
      <span className="block text-xs text-muted">
        {openTrades} open, {tradesPerDay} a day
      </span>
    </button>
  );
}
