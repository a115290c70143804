import type { ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { TicketSettings } from '../../../../src/api/settings/ticketSettings.ts';
import { accountCurrency } from '../../../accountCurrency.ts';
import { typedLots } from '../../../format.ts';
import { ChoiceGroup } from '../../../ui/choiceGroup.tsx';
import { QuickLots, QuickLotsEditor } from './quickLots.tsx';
import type { SizeBy, TicketChange, TicketFields } from '../form/ticketFields.ts';
import { rulesOf } from '../form/ticketForm.ts';
import { quickLotsOf } from '../form/ticketMemory.ts';

const ways: readonly SizeBy[] = ['lots', 'percent', 'money'];

/** Unit of the size, and quick lots. */
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
      <QuickLots
        lots={quick}
        chosen={sizeBy === 'lots' ? Number(sizes.lots) : null}
        onChoose={(lots) => {
          onChange({ sizeBy: 'lots' });
          onChange({ field: 'size', text: typedLots(lots) });
        }}
      >
        <QuickLotsEditor symbol={symbol} lots={quick} kept={bridge.ticket} onKeep={onKeep} />
      </QuickLots>
    </div>
  );
}
