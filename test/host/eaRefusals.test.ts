import { describe, expect, it } from 'vitest';
import type { AppState } from '../../src/api/state/state.ts';
import type { OrderState } from '../../src/domain/orders/order.ts';
import { whyNotInstall, whyNotOwnEa } from '../../src/host/mt5/eaRefusals.ts';

const main = { id: 'main', name: 'Main', kind: 'real', armed: false, speaks8: true, helloProblem: null, eaKind: 'v7' };
const second = { ...main, id: 'second', name: 'Second' };

type Trading = Pick<AppState, 'bridges' | 'orders'>;

function trading(bridges: object[], ...states: OrderState[]): Trading {
  const orders = states.map((state) => ({ bridge: 'main', signalId: `T-${state}`, state }));
  return { bridges, orders } as unknown as Trading;
}

const install = (state: Trading): string | null => whyNotInstall(state, { kind: 'real' });
const own = (state: Trading): string | undefined =>
  state.bridges.map((bridge) => whyNotOwnEa(state, bridge) ?? 'set')[0];

describe('an installation of the EA', () => {
  it('is refused while any bridge with an EA of the desk is armed or has an order on its way', () => {
    expect(install(trading([main, second], 'filled', 'unknown'))).toBeNull();
    expect(install(trading([main, { ...second, armed: true }]))).toContain('Bridge Second is armed');
    expect(install(trading([main, second], 'sent'))).toContain('Order T-sent is on its way');
    const silent = { ...main, armed: true, speaks8: false, eaKind: 'bitten' };
    expect(install(trading([silent]))).toContain('Bridge Main is armed');
    const newer = { ...main, armed: true, speaks8: false, helloProblem: { kind: 'protocol', protocol: 9 } };
    expect(install(trading([newer]))).toContain('Bridge Main is armed');
  });

  it('goes on beside an armed EA of another kind, and beside the paper EA', () => {
    const v7 = { ...main, armed: true, speaks8: false };
    const paper = { ...main, kind: 'paper', armed: true };
    expect(install(trading([v7, paper], 'sent'))).toBeNull();
  });
});

describe('the EA of a bridge', () => {
  it('is set only while it is disarmed and no order of it is open', () => {
    expect(own(trading([main], 'filled', 'refused'))).toBe('set');
    expect(own(trading([{ ...main, armed: true }]))).toContain('is armed');
    expect(own(trading([main], 'sent'))).toContain('T-sent is not settled yet');
    expect(own(trading([main], 'unknown'))).toContain('T-unknown is not settled yet');
    expect(own(trading([second], 'unknown'))).toBe('set');
  });
});
