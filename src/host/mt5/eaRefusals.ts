import type { AppState, BridgeState } from '../../api/state/state.ts';
import { isUnsettled } from '../../domain/orders/order.ts';

type Trading = Pick<AppState, 'bridges' | 'orders'>;

const paperSentence = 'The paper EA is part of the desk, and needs none in MetaTrader. Choose another bridge.';

/**
 * Why the EA can't be installed for a bridge now, as one sentence; null: it can. A terminal starts its EA anew once it is
 * compiled, and which terminal an EA runs in is not told: so no EA of the desk may be trading.
 */
export function whyNotInstall({ bridges, orders }: Trading, { kind }: Pick<BridgeState, 'kind'>): string | null {
  if (kind === 'paper') return paperSentence;
  const own = bridges.filter(
    (each) => each.kind === 'real' && (each.speaks8 || each.helloProblem !== null || each.eaKind === 'bitten'),
  );
  const armed = own.find((each) => each.armed);
  if (armed !== undefined)
    return `Bridge ${armed.name} is armed, and its EA may start anew by it. Disarm the bridge, then install.`;
  const sent = orders.find(({ bridge, state }) => state === 'sent' && own.some(({ id }) => id === bridge));
  if (sent === undefined) return null;
  return `Order ${sent.signalId} is on its way, and its EA may start anew by it. Wait for its result, then install.`;
}

/** Why a bridge can't be set to the desk's own EA now, as one sentence; null: it can. */
export function whyNotOwnEa({ orders }: Trading, { id, kind, name, armed }: BridgeState): string | null {
  if (kind === 'paper') return paperSentence;
  if (armed) return `Bridge ${name} is armed. Disarm it, then set its EA.`;
  const open = orders.find((order) => order.bridge === id && isUnsettled(order));
  return open === undefined ? null : `Order ${open.signalId} is not settled yet. Settle it, then set the bridge's EA.`;
}
