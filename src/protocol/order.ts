/**
 * ARCHITECTURE rule 2. `sent` holds from the journal's commit; `unknown` can still become filled or rejected by
 * late feedback. A rejection that nothing proves can become `unknown` again. The others are final.
 */
export const orderStates = ['refused', 'sent', 'filled', 'rejected', 'unknown'] as const;
export type OrderState = (typeof orderStates)[number];

/** Why an order is `unknown`. */
export type Doubt =
  | 'no_feedback'
  | 'connection_lost'
  | 'ea_timeout'
  | 'unclear_status'
  /** The EA reports success, and names neither ticket nor price. */
  | 'unverified'
  | 'restart'
  | 'positions_remain'
  | 'positions_untold';

/** How long an order may go without feedback before it is `unknown`, in ms. */
export const feedbackTimeoutMs = 10_000;
