import { Check } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { useCall } from '../../store/callApp.ts';
import { useApp } from '../../store/hooks.ts';
import { unwaited } from '../../store/unwaited.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { accountChanges, proposedLimits, readAccountTerms } from './accountTerms.ts';

const inputClass =
  'figures h-8 rounded-[6px] border bg-raised px-2 text-base font-medium focus:border-focus focus:outline-none aria-[invalid=true]:border-down';

/** Asks for currency and leverage where the EA doesn't tell them, and proposes limits of the risk. */
export function AccountStep({ bridge }: { bridge: BridgeState }): ReactElement {
  const connected = useApp(({ client }) => client !== null);
  const [currency, setCurrency] = useState(bridge.currency ?? '');
  const [leverage, setLeverage] = useState(bridge.leverage === null ? '' : String(bridge.leverage));
  const [limited, setLimited] = useState(true);
  const { busy, failure, run } = useCall();
  const isTold = bridge.eaKind === 'bitten';
  const read = isTold ? null : readAccountTerms(currency, leverage);
  const isSet = isTold ? bridge.limits.riskPercent !== null : bridge.currency !== null && bridge.leverage !== null;
  const wrong = read !== null && 'problem' in read;
  const problem = failure ?? (wrong && (currency !== '' || leverage !== '') ? read.problem : null);
  const terms = isTold ? null : (
    <>
      <label className="flex items-center gap-1.5 text-sm text-muted">
        Currency
        <input
          aria-label="Currency of the account"
          value={currency}
          placeholder="USD"
          maxLength={3}
          aria-invalid={problem !== null}
          onChange={({ target }) => {
            setCurrency(target.value.toUpperCase());
          }}
          className={`${inputClass} w-16 text-text`}
        />
      </label>
      <label className="flex items-center gap-1.5 text-sm text-muted">
        Leverage 1 :
        <input
          aria-label="Leverage of the account, 1 to"
          inputMode="decimal"
          value={leverage}
          placeholder="100"
          aria-invalid={problem !== null}
          onChange={({ target }) => {
            setLeverage(target.value);
          }}
          className={`${inputClass} w-18 text-text`}
        />
      </label>
    </>
  );
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      {terms}
      <Checkbox
        label={`Limit the risk: ${String(proposedLimits.riskPercent)} % of equity a trade, ${String(proposedLimits.dailyLossPercent)} % a day`}
        checked={limited}
        onChange={setLimited}
      />
      <Button
        disabled={!connected || busy || wrong || (isTold && !limited)}
        onClick={() => {
          if (wrong) return;
          const changes = accountChanges(read, limited, bridge.limits);
          unwaited(run('updateBridge', { bridge: bridge.id, changes }));
        }}
      >
        {isSet && <Check className="size-4 text-live" aria-hidden="true" />}
        {isSet ? 'Set again' : 'Set'}
      </Button>
      <p role="status" className={`w-full text-xs ${problem === null ? 'text-muted' : 'text-down'}`}>
        {problem ??
          `${isTold ? 'The EA tells currency and leverage.' : 'With both the desk can tell risk and margin in money.'} With the limits, an order without a stop loss is refused; the tab Limits changes them.`}
      </p>
    </div>
  );
}
