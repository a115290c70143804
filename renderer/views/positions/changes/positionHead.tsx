import type { ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { OpenPosition } from '../../../../src/domain/positions/openTrades.ts';
import { formatLots } from '../../../format.ts';
import { actionWords } from '../../../shared/orderWords.ts';
import { StakeNotice } from '../../../shared/stakeNotice.tsx';
import { actionColours } from '../../../shared/stateLook.tsx';
import { DangerNotice } from '../../../ui/dangerNotice.tsx';
import { LiveFigure } from '../../../ui/freshLook.tsx';

/** Top of a dialog about a position: what is at stake, whether it is still there, and which one it is. */
export function PositionHead({
  bridge,
  position: { side, lots, symbol, position },
  isGone,
}: {
  bridge: BridgeState;
  position: OpenPosition;
  isGone: boolean;
}): ReactElement {
  return (
    <>
      <StakeNotice bridge={bridge} />
      {isGone && <DangerNotice text="The EA's list has this position no more: it is closed already, as by its stop." />}
      <p className="text-xl font-semibold">
        <span className={actionColours[side]}>{actionWords[side]}</span>{' '}
        <LiveFigure text={`${formatLots(lots)} lots`} /> {symbol}{' '}
        <span className="text-sm font-normal text-muted">position {position}</span>
      </p>
    </>
  );
}
