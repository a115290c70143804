import { describe, expect, it } from 'vitest';
import type { Quote } from '../../src/domain/market/quote.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { exportHeaders, exportValues } from '../../src/api/presentation/exportColumns.ts';
import { describeOrder } from '../../src/host/cli/fire.ts';
import { defaultRiskLimits } from '../../src/domain/risk/riskLimits.ts';
import type { OrderIntent } from '../../src/domain/sizing/planTrade.ts';
import { accountCurrency } from '../../renderer/accountCurrency.ts';
import { planOf, uncheckedOf } from '../../renderer/views/ticket/form/ticketSizing.ts';
import { instrumentOf } from '../../renderer/shared/symbolContext.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { anOrder } from './anOrder.ts';

const bridge: BridgeState = { ...bridgeBench().state(), limits: defaultRiskLimits, currency: 'USD', leverage: 100 };
const account = { ...bridge.account, equity: 3_000, margin: 0 };
const gold: Quote = { symbol: 'XAUUSD', bid: 2341.22, ask: 2341.47, digits: 2, point: 0.01, at: 0, earlier: false };
const intent: OrderIntent = {
  side: 'buy',
  size: { by: 'lots', value: 0.1 },
  sl: { unit: 'points', value: 200 },
  tp: { unit: 'points', value: 0 },
};
const unchecked = (on: BridgeState, quotes: Quote[], of = intent) => {
  const plan = planOf(of, 'XAUUSD', on, { quotes, now: 0 });
  return uncheckedOf(plan, instrumentOf(on, quotes, 'XAUUSD'), on);
};
const withAccount = { ...bridge, account };

describe('what the ticket says that the desk can’t check', () => {
  it('is nothing where all is told', () => {
    expect(unchecked(withAccount, [gold])).toEqual([]);
  });

  it('is point and margin where the EA sends no quotes, or those of before', () => {
    expect(unchecked(withAccount, [])).toEqual(['point', 'margin_after']);
    expect(unchecked(withAccount, [{ ...gold, earlier: true }])).toEqual(['point', 'margin_after']);
  });

  it('is the margin where nobody has told the leverage', () => {
    const untold = { ...withAccount, leverage: null };
    expect(unchecked(untold, [gold])).toEqual(['margin_after']);
    expect(unchecked({ ...untold, account: { ...account, leverage: 30 } }, [gold])).toEqual([]);
    expect(unchecked({ ...untold, limits: { ...bridge.limits, marginLevel: null, freeMargin: null } }, [gold])).toEqual(
      [],
    );
  });

  it('is no point where there is no stop in points', () => {
    expect(unchecked(withAccount, [], { ...intent, sl: { unit: 'points', value: 0 } })).toEqual(['margin_after']);
  });
});

describe('an order that could not be checked', () => {
  const order = anOrder({ unchecked: ['point', 'margin_after'] });

  it('says so in an export and on the command line', () => {
    const column = exportHeaders('orders').indexOf('unchecked');
    expect(exportValues('orders', { ...order })[column]).toBe('point not checked, margin after: not known');
    expect(exportValues('orders', { ...anOrder() })[column]).toBe('');
    expect(exportValues('orders', { number: 1 })[column]).toBe('');
    expect(describeOrder(order)).toContain('[point not checked, margin after: not known]');
    expect(describeOrder(anOrder())).not.toContain('[');
    expect(describeOrder(anOrder({ ...order, state: 'refused' }))).not.toContain('[');
  });
});

describe('the account’s currency in the window', () => {
  it('is the one that is set, else the one that the EA tells', () => {
    expect(accountCurrency({ ...bridge, account: { ...account, currency: 'EUR' } })).toBe('USD');
    expect(accountCurrency({ ...bridge, currency: null, account: { ...account, currency: 'EUR' } })).toBe('EUR');
    expect(accountCurrency({ ...bridge, currency: null })).toBeNull();
  });
});
