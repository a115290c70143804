export interface Quote {
  symbol: string;
  bid: number;
  ask: number;
  /** Decimals that the EA writes this symbol's prices with. */
  digits: number;
  /** Point of the symbol, from the tick's spread (W11); null: the EA reports no spread. */
  point: number | null;
  at: number;
  /** Received before the EA reconnected, maybe on another chart: not a current price. */
  earlier: boolean;
}
