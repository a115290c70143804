/** What an engine asks the gateway for: a buy of 0.1 lots XAUUSD with a stop loss of 20 and a take profit of 40, in the bridge's unit. */
export function engineSignal(token: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ...{ type: 'signal', engine: 'VENOM', token, signal_id: 'VENOM_XAU_001' },
    ...{ action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 },
    ...changes,
  };
}
