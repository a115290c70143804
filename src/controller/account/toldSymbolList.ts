import type { ToldSymbol } from '../../domain/market/toldSymbols.ts';
import type { SymbolTold } from '../../protocol/protocol8/reports.ts';

/** Most symbols kept; further ones are not. */
const mostSymbols = 500;

/** N7: the symbols that an EA of protocol 8 has told since it connected, the newest state of each. */
export class ToldSymbolList {
  private readonly bySymbol = new Map<string, ToldSymbol>();
  /** Null: changed since it was made. */
  private list: readonly ToldSymbol[] | null = null;

  /** The same array as long as nothing changes. */
  get all(): readonly ToldSymbol[] {
    return (this.list ??= [...this.bySymbol.values()]);
  }

  record(said: SymbolTold): void {
    const { symbol, digits, profit_currency: quoteCurrency, lot_min: min, lot_max: max, lot_step: step } = said;
    if (!this.bySymbol.has(symbol) && this.bySymbol.size >= mostSymbols) return;
    const contractSize = said.calculation === 'tick' ? null : said.contract_size;
    const moneyPerPoint = said.money_per_point ?? null;
    const { tick_size = null, stops_level = null, expiration = null } = said;
    const pending = { tickSize: tick_size, stopsLevel: stops_level, expirations: expiration };
    const told = { symbol, digits, contractSize, quoteCurrency, lots: { min, max, step }, moneyPerPoint, pending };
    if (JSON.stringify(this.bySymbol.get(symbol)) === JSON.stringify(told)) return;
    this.bySymbol.set(symbol, told);
    this.list = null;
  }

  forget(): void {
    if (this.bySymbol.size === 0) return;
    this.bySymbol.clear();
    this.list = null;
  }
}
