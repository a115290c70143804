import type { SignalAction } from '../domain/tradeTerms.ts';

/** One of these names, or several that agree. */
type Named<Names extends string, Value> = {
  [Name in Names]: Record<Name, Value> & Partial<Record<Exclude<Names, Name>, Value>>;
}[Names];

type ActionWord = SignalAction | Capitalize<SignalAction> | Uppercase<SignalAction>;

/**
 * A signal as an engine says it, under W2's names or any of the other names of G2. Two names of the same thing that
 * disagree are refused, and so is a buy or sell that doesn't say its stops; 0 is none.
 */
export type FireSignal = Named<'signal_id' | 'fire_id' | 'mission_id', string> &
  Named<'action' | 'direction' | 'side', ActionWord> &
  SignalFields;

interface SignalFields {
  /** As Market Watch in MT5 shows it; not needed for `close_all`. */
  symbol?: string;
  pair?: string;
  /** ID of a bridge; the only one when left out. */
  bridge?: string;
  /** Lots, above 0; left out: by the risk that the engine was given (R3). */
  lot?: number;
  volume?: number;
  lot_size?: number;
  /** In the unit of the bridge: points, or a price (W5). */
  sl?: number;
  tp?: number;
  sl_points?: number;
  tp_points?: number;
  /** Pips of the bridge's symbol table. */
  sl_pips?: number;
  tp_pips?: number;
  stop_pips?: number;
  target_pips?: number;
  /** Prices. On a bridge whose EA reads points they need a quote. */
  stop_loss?: number;
  take_profit?: number;
  sl_price?: number;
  tp_price?: number;
  /** The price at which the engine saw the entry: stops stated in two ways are compared there. */
  entry_price?: number;
  /** G4: scores from 0 to 10. It scales the risk where the engine was given leave. */
  citadel_shield?: { score?: number; shield_score?: number; classification?: string; risk_multiplier?: number };
  /** 0 to 15. */
  citadel_score?: number;
  /** For the person who looks at it. */
  signal_type?: string;
  pattern?: string;
  pattern_type?: string;
  confidence?: number;
  risk_reward?: number;
}
