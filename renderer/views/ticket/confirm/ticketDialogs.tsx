import type { ReactElement } from 'react';
import type { FireRequest } from '../../../../src/api/contract.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import { ShortcutHelp } from '../../shortcuts/shortcutHelp.tsx';
import { ConfirmClose } from './confirmClose.tsx';
import { ConfirmOneClick } from './confirmOneClick.tsx';
import { ConfirmOrder } from './confirmOrder.tsx';

/** The open dialog. A close has no plan. */
export type Asking =
  /** `changed`: the difference from what was seen before; null: asked for the first time. */
  | { about: 'order'; request: FireRequest; plan: TradePlan; changed: string | null }
  | { about: 'close'; request: FireRequest }
  | { about: 'one-click' | 'keys' };

export function TicketDialogs({
  asking,
  bridge,
  quotes,
  onFire,
  onOneClick,
  onCancel,
}: {
  asking: Asking | null;
  bridge: BridgeState;
  quotes: readonly Quote[];
  onFire: (request: FireRequest) => void;
  onOneClick: () => void;
  onCancel: () => void;
}): ReactElement | null {
  switch (asking?.about) {
    case 'close':
      return <ConfirmClose bridge={bridge} request={asking.request} onClose={onFire} onCancel={onCancel} />;
    case 'order':
      return (
        <ConfirmOrder
          bridge={bridge}
          request={asking.request}
          plan={asking.plan}
          changed={asking.changed}
          quotes={quotes}
          onFire={onFire}
          onCancel={onCancel}
        />
      );
    case 'one-click':
      return <ConfirmOneClick bridge={bridge} onConfirm={onOneClick} onCancel={onCancel} />;
    case 'keys':
      return <ShortcutHelp onClose={onCancel} />;
    case undefined:
      return null;
  }
}
