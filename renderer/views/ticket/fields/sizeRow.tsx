import type { ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { TicketSettings } from '../../../../src/api/settings/ticketSettings.ts';
import { accountCurrency } from '../../../accountCurrency.ts';
import { formatLots, formatPlain, typedLots } from '../../../format.ts';
import { ChoiceGroup } from '../../../ui/choiceGroup.tsx';
import { QuickLotsEditor, QuickSizes } from './quickSizes.tsx';
import type { SizeBy, TicketChange, TicketFields } from '../form/ticketFields.ts';
import { rulesOf } from '../form/ticketForm.ts';
import { quickLotsOf } from '../form/ticketMemory.ts';

/** Usual shares of the equity that a trade risks. */
const quickPercents = [0.25, 0.5, 1, 2] as const;
const ways: readonly SizeBy[] = ['lots', 'percent', 'money'];

/** Unit of the size, and quick sizes in it. */
export function SizeRow({
  bridge,
  symbol,
  fields: { sizeBy, sizes },
  onChange,
  onKeep,
}: {
  bridge: BridgeState;
  symbol: string;
  fields: Pick<TicketFields, 'sizeBy' | 'sizes'>;
  onChange: (change: TicketChange) => void;
  onKeep: (kept: TicketSettings) => void;
}): ReactElement {
  const quick = quickLotsOf(bridge.ticket, symbol, rulesOf(bridge, symbol).lots);
  return (
    <div className="flex min-h-6 items-center justify-between gap-1">
      <ChoiceGroup
        label="Size in"
        values={ways}
        names={{ lots: 'Lots', percent: '%', money: accountCurrency(bridge) ?? 'money' }}
        value={sizeBy}
        onChange={(by) => {
          onChange({ sizeBy: by });
        }}
      />
      {sizeBy === 'lots' && (
        <QuickSizes
          sizes={quick}
          textOf={formatLots}
          nameOf={(lots) => `${formatLots(lots)} lots`}
          chosen={Number(sizes.lots)}
          onChoose={(lots) => {
            onChange({ field: 'size', text: typedLots(lots) });
          }}
        >
          <QuickLotsEditor symbol={symbol} lots={quick} kept={bridge.ticket} onKeep={onKeep} />
        </QuickSizes>
      )}
      {sizeBy === 'percent' && (
        <QuickSizes
          sizes={quickPercents}
          textOf={(percent) => `${formatPlain(percent)} %`}
          nameOf={(percent) => `${formatPlain(percent)} % of the equity at the stop loss`}
          chosen={Number(sizes.percent)}
          onChoose={(percent) => {
            onChange({ field: 'size', text: String(percent) });
          }}
        />
      )}
    </div>
  );
}
