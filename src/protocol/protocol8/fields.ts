import { z } from 'zod';
import { visible } from '../../base/visibleText.ts';
import { ticketPattern } from '../../domain/orders/ticket.ts';
import { isSignalId } from '../../domain/signalId.ts';

// Fields of protocol 8 (N1–N9). Prices are in the symbol's quote currency, money in the account's currency, lots in lots
// of the symbol, distances in points. Times are epoch ms of UTC unless a name says otherwise.

export const protocolVersion = 8;

export const lots = z.number().positive().max(999_999);
export const price = z.number().positive().max(1e12);
/** A stop as a price; 0: none. */
export const stopPrice = z.number().nonnegative().max(1e12);
/** A distance; 0: none. */
export const points = z.number().int().nonnegative().max(9_999_999);
export const epochMs = z.number().int().nonnegative();
/** Number of a deal, an order or a position, as text of digits: it has up to 20, and a JavaScript number keeps 15. */
export const ticket = z.union([z.string().regex(ticketPattern), z.number().int().transform(String)]);
/** 128 random bits, as 32 hexadecimal digits. */
export const session = z.string().regex(/^[0-9a-f]{32}$/);
/** The desk's count of starts. */
export const epoch = z.number().int().nonnegative().max(2_147_483_647);
export const signalId = z.string().refine(isSignalId, 'must be 1 to 31 letters, digits or _ . -');
/** A symbol by the broker's name. */
export const symbol = z.string().min(1).max(64).transform(visible);
/** Text of a broker or a terminal, for display alone. */
export const words = z.string().max(1_000).transform(visible);
