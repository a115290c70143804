export interface Quote {
  symbol: string;
  bid: number;
  ask: number;
  /** Decimals that the EA writes this symbol's prices with. */
  digits: number;
  /** The symbol's point by the tick's own spread (W11); null when the EA reports no spread. */
  point: number | null;
  at: number;
  /** It came before the EA connected anew, maybe on another chart: it is no price of now. */
  earlier: boolean;
}
