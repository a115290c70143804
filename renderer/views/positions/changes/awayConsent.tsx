import type { ReactElement } from 'react';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { DangerNotice } from '../../../ui/dangerNotice.tsx';

/** Asks whether a stop loss may move away from the price. */
export function AwayConsent({
  checked,
  onChange,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
}): ReactElement {
  return (
    <>
      <DangerNotice text="The stop loss would move away from the price: the position could lose more than now." />
      <Checkbox label="I mean it so." checked={checked} onChange={onChange} />
    </>
  );
}
