import type { ReactElement } from 'react';
import { Part, Setting, type PartProps } from './settingsPart.tsx';
import { SymbolRows } from './symbolRows.tsx';

/** Which symbols may be traded, and what is different for single ones. */
export function SymbolsSection(parts: PartProps): ReactElement {
  const { form, errors, onChange } = parts;
  return (
    <>
      <Part title="Symbols">
        <Setting
          of="limits.symbols"
          hint={
            form.texts['limits.symbols'].trim() === ''
              ? 'Empty: every symbol may be traded.'
              : 'Only these may be traded, spelled as in Market Watch.'
          }
          {...parts}
        />
      </Part>
      <Part title="Lots by symbol" text="In place of the lots of the bridge.">
        <SymbolRows
          name="Lots by symbol"
          columns={[
            { key: 'min', label: 'Smallest' },
            { key: 'max', label: 'Largest' },
            { key: 'step', label: 'Step' },
          ]}
          rows={form.symbolLots}
          empty={{ symbol: '', min: '0.01', max: '1', step: '0.01' }}
          error={errors['limits.symbolLots']}
          onChange={(symbolLots) => {
            onChange({ symbolLots });
          }}
        />
      </Part>
      <Part
        title="Contract sizes by symbol"
        text="Units in one lot, as the specification in MT5 shows it: 100000 for most currency pairs, 100 for gold. The limit on the risk of one trade needs it."
      >
        <SymbolRows
          name="Contract sizes by symbol"
          columns={[{ key: 'size', label: 'Units in one lot' }]}
          rows={form.contractSizes}
          empty={{ symbol: '', size: '' }}
          error={errors['limits.contractSizes']}
          onChange={(contractSizes) => {
            onChange({ contractSizes });
          }}
        />
      </Part>
    </>
  );
}
