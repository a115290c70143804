import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { typedRateMs } from '../../../src/domain/market/typedRate.ts';
import { formatDateTime } from '../../format.ts';
import { type CodePage, codePages } from '../../../src/protocol/ea/codePage.ts';
import { Choice } from '../../ui/choice.tsx';
import { textFields } from './settingsFields.ts';
import { toldHint } from './toldHint.ts';
import { ConnectionPart } from './connectionPart.tsx';
import { Part, type PartProps, Setting } from './settingsPart.tsx';
import { type PositionMode, positionModes, type StopUnit, stopUnits } from '../../../src/domain/tradeTerms.ts';

const unitNames: Record<StopUnit, string> = { points: 'Points', price: 'Price' };
const modeNames: Record<PositionMode, string> = { hedging: 'Hedging', netting: 'Netting' };

const codePageNames: Record<CodePage, string> = {
  'windows-1250': 'Central European (1250)',
  'windows-1251': 'Cyrillic (1251)',
  'windows-1252': 'Western (1252)',
  'windows-1253': 'Greek (1253)',
  'windows-1254': 'Turkish (1254)',
  'windows-1255': 'Hebrew (1255)',
  'windows-1256': 'Arabic (1256)',
  'windows-1257': 'Baltic (1257)',
  'windows-1258': 'Vietnamese (1258)',
  'windows-874': 'Thai (874)',
  shift_jis: 'Japanese (932, Shift JIS)',
  gbk: 'Chinese, simplified (936, GBK)',
  big5: 'Chinese, traditional (950, Big5)',
  'euc-kr': 'Korean (949)',
  'utf-8': 'UTF-8 (65001)',
};

const notSet = 'Not set: nothing is bought or sold';

/** Colour of the bridge in the top bar, beside its name. */
function ColourPick({ form, onChange }: PartProps): ReactElement {
  return (
    <input
      type="color"
      aria-label="Colour of the bridge"
      title="Colour of the bridge"
      value={form.colour}
      onChange={({ target }) => {
        onChange({ colour: target.value });
      }}
      className="h-6 w-8 cursor-pointer rounded-[6px] border bg-raised p-0.5"
    />
  );
}

/** Hint on typed rates: their use, and how long the present ones hold. */
function ratesHint({ typedRates }: BridgeState): string {
  if (typedRates.length === 0) return textFields.typedRates.does;
  const dates = typedRates.map(({ pair, at }) => `${pair} until ${formatDateTime(at + typedRateMs)}`);
  return `Used where the EA sends no quote of the pair: ${dates.join(', ')}. Then type them anew.`;
}

/** Confirms unchanged typed rates as current; new ones are dated by themselves. */
function Renew({ form, onChange, typed }: PartProps & { typed: boolean }): ReactElement | null {
  if (!typed || form.texts.typedRates.trim() === '') return null;
  return (
    <label className="flex items-center gap-1 text-xs text-muted">
      <input
        type="checkbox"
        checked={form.ratesRenewed}
        onChange={({ target }) => {
          onChange({ ratesRenewed: target.checked });
        }}
        className="size-3.5 accent-[var(--buy)]"
      />
      typed anew now
    </label>
  );
}

/** The bridge's name, and how its EA and its account take an order. */
export function BridgeSection({ bridge, ...parts }: PartProps & { bridge: BridgeState }): ReactElement {
  const { form, onChange } = parts;
  return (
    <>
      <Part title="Bridge">
        <div className="grid grid-cols-2 gap-x-4 gap-y-1">
          <Setting of="name" aside={<ColourPick {...parts} />} {...parts} />
          <Setting of="slippage" {...parts} />
          <Setting
            of="currency"
            {...toldHint(bridge.account.currency, form.texts.currency, textFields.currency.does)}
            {...parts}
          />
          <Setting
            of="leverage"
            {...toldHint(bridge.account.leverage, form.texts.leverage, textFields.leverage.does)}
            {...parts}
          />
        </div>
        <Setting
          of="typedRates"
          hint={ratesHint(bridge)}
          aside={<Renew typed={bridge.typedRates.length > 0} {...parts} />}
          {...parts}
        />
        <div className="mt-2 grid grid-cols-2 gap-x-4">
          <Choice
            label="Code page of the terminal"
            values={codePages}
            names={codePageNames}
            value={form.codePage}
            onChange={(codePage) => {
              if (codePage !== null) onChange({ codePage });
            }}
          />
          <p className="self-end text-xs text-muted">
            The language of the Windows that MT5 runs on. With a wrong one, the broker’s messages, and symbols with
            letters that aren’t English, come out garbled.
          </p>
        </div>
      </Part>
      <Part title="How orders are read">
        <div className="grid grid-cols-2 gap-x-4">
          <Choice
            label="Stop unit"
            unset={notSet}
            values={stopUnits}
            names={unitNames}
            value={form.stopUnit}
            onChange={(stopUnit) => {
              onChange({ stopUnit });
            }}
          />
          <Choice
            label="Position mode"
            unset={notSet}
            values={positionModes}
            names={modeNames}
            value={form.positionMode}
            onChange={(positionMode) => {
              onChange({ positionMode });
            }}
          />
        </div>
        {bridge.account.positionMode !== null && (
          <p className="mt-1 text-xs text-muted">
            The EA says that the account is {bridge.account.positionMode}
            {bridge.account.positionMode === form.positionMode ? '.' : ': correct the position mode.'}
          </p>
        )}
        <p className="mt-2 rounded-[6px] border border-quiet px-3 py-2 text-sm">
          <strong className="text-quiet">The wrong stop unit loses money.</strong> EA v7 reads stops as points: sent the
          price 2341, it sets a stop 2341 points away. An EA that reads prices takes 200 points as the price 200, so the
          broker rejects the order or the stop never holds. Look in the source or the manual of the EA on {bridge.name}.
          Whether the account is hedging or netting stands in MT5 beside its number.
        </p>
        <div className="mt-3 grid grid-cols-3 gap-x-4">
          <Setting of="lots.min" {...parts} />
          <Setting of="lots.max" {...parts} />
          <Setting of="lots.step" {...parts} />
        </div>
        <p className="text-xs text-muted">Lots in a row of the symbol table count before these.</p>
      </Part>
      <ConnectionPart bridge={bridge} {...parts} />
    </>
  );
}
