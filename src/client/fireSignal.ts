import type { SignalAction } from '../domain/tradeTerms.ts';

/** One of these names, or several with the same value. */
type Named<Names extends string, Value> = {
  [Name in Names]: Record<Name, Value> & Partial<Record<Exclude<Names, Name>, Value>>;
}[Names];

type ActionWord = SignalAction | Capitalize<SignalAction> | Uppercase<SignalAction>;

/**
 * A signal in an engine's own field names: W2's, or any other name of G2. Refused when two names of one field
 * disagree, and when a buy or sell states no stops; a stop of 0 means none.
 */
export type FireSignal = Named<'signal_id' | 'fire_id' | 'mission_id', string> &
  Named<'action' | 'direction' | 'side', ActionWord> &
  SignalFields;

interface SignalFields {
  /** As Market Watch in MT5 shows it; not needed for `close_all`. */
  symbol?: string;
  pair?: string;
  /** ID of a bridge; left out: the only one. */
  bridge?: string;
  /** Lots, above 0; left out: computed from the engine's risk setting (R3). */
  lot?: number;
  volume?: number;
  lot_size?: number;
  /** In the bridge's stop unit: points, or a price (W5). */
  sl?: number;
  tp?: number;
  sl_points?: number;
  tp_points?: number;
  /** In pips by the bridge's symbol table. */
  sl_pips?: number;
  tp_pips?: number;
  stop_pips?: number;
  target_pips?: number;
  /** Prices. A bridge whose EA reads points needs a quote to convert them. */
  stop_loss?: number;
  take_profit?: number;
  sl_price?: number;
  tp_price?: number;
  /** Entry price as the engine saw it: stops stated in two ways are compared there. */
  entry_price?: number;
  /** G4: scores from 0 to 10. Scales the risk where the engine has that permission. */
  citadel_shield?: { score?: number; shield_score?: number; classification?: string; risk_multiplier?: number };
  /** Score from 0 to 15. */
  citadel_score?: number;
  /** Shown to the person who decides. */
  signal_type?: string;
  pattern?: string;
  pattern_type?: string;
  confidence?: number;
  risk_reward?: number;
}
