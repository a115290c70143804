import type { FireOutcome } from './fireOutcome.ts';
import { type FireOptions, submitOnce } from './submitOnce.ts';

interface ChangeFields {
  /** An ID of its own. The same one again gets the first result, and nothing is sent again. */
  signal_id: string;
  /** ID of a bridge; left out: the only one. */
  bridge?: string;
  /** Name of the account that the number was taken from: on another one it is refused. */
  account?: string;
}

/** Numbers of MT5 are text of digits, as in the lists. */
export type CloseRequest = ChangeFields & {
  position: string;
} & (
    | { /** Lots of it; left out: all of it. */ lot?: number }
    | { /** An opposite position of its symbol. */ by: string }
  );

/** Prices; 0 is none, and what is left out stays as it is. */
interface StopPrices {
  sl_price?: number;
  tp_price?: number;
}

export type ModifyRequest = ChangeFields &
  StopPrices &
  (
    | { position: string }
    | {
        order: string;
        price?: number;
        /** Of a stop-limit order alone. */
        limit_price?: number;
        /** Unix seconds of the broker's clock; 0: until cancelled. */
        until?: number;
      }
  );

export type CancelRequest = ChangeFields & { order: string };

/**
 * Closes a position that the engine has opened, once, as `executeZmqFire` fires: `filled` says that it is done.
 * @throws Error when `endpoint` is not a ZeroMQ endpoint; nothing was sent then
 */
export function closeZmqPosition(request: CloseRequest, options: FireOptions): Promise<FireOutcome> {
  return submitOnce('close', request, request.signal_id, options);
}

/**
 * Sets the stops of a position, or changes a pending order, that the engine has opened. A stop loss that would move away
 * from the price waits for a person, in every mode: set `timeoutMs` above the engine's expiry.
 * @throws Error when `endpoint` is not a ZeroMQ endpoint; nothing was sent then
 */
export function modifyZmqTrade(request: ModifyRequest, options: FireOptions): Promise<FireOutcome> {
  return submitOnce('modify', request, request.signal_id, options);
}

/**
 * Deletes a pending order that the engine has placed.
 * @throws Error when `endpoint` is not a ZeroMQ endpoint; nothing was sent then
 */
export function cancelZmqOrder(request: CancelRequest, options: FireOptions): Promise<FireOutcome> {
  return submitOnce('cancel', request, request.signal_id, options);
}
