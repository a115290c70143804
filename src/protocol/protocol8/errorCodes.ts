import { z } from 'zod';

/** Codes of errors with which nothing was traded (N4). */
const certainNo = [
  ...['expired', 'session', 'epoch', 'close_only', 'invalid', 'not_found', 'symbol', 'lot', 'stops', 'price'],
  ...['filling', 'trade_disabled', 'market_closed', 'margin', 'limit', 'broker', 'store', 'not_traded'],
  'busy',
] as const;

/** `duplicate`: another order has the ID. `partial`: a part of a close was carried out. `unknown`: the EA can't tell. */
const open = ['duplicate', 'partial', 'unknown'] as const;

export const errorCodeSchema = z.enum([...certainNo, ...open]);
export type ErrorCode8 = z.infer<typeof errorCodeSchema>;

/** Whether an error with this code means that nothing was traded. */
export function isCertainNo(code: ErrorCode8): boolean {
  return (certainNo as readonly string[]).includes(code);
}
