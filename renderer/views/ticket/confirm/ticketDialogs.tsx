import type { ReactElement } from 'react';
import type { FireRequest } from '../../../../src/api/contract.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { ShortcutHelp } from '../../shortcuts/shortcutHelp.tsx';
import type { Asking } from './asking.ts';
import { ConfirmClose } from './confirmClose.tsx';
import { ConfirmOneClick } from './confirmOneClick.tsx';
import { ConfirmOrder } from './confirmOrder.tsx';

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
      return (
        <ConfirmClose bridge={bridge} request={asking.request} by={asking.by} onClose={onFire} onCancel={onCancel} />
      );
    case 'order':
      return (
        <ConfirmOrder
          key={asking.changed === null ? 'first' : 'anew'}
          bridge={bridge}
          question={asking}
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
