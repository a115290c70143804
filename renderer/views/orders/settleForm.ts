import type { SettlementRequest } from '../../../src/api/contract.ts';
import type { OrderRef } from '../../../src/domain/orders/orderRef.ts';

// Settlement by hand: typed texts → the app's request, or errors. Pure functions.

export interface SettleFields {
  found: 'yes' | 'no' | null;
  ticket: string;
  price: string;
  note: string;
}

export type SettleErrors = Partial<Record<keyof SettleFields, string>>;

export const emptySettlement: SettleFields = { found: null, ticket: '', price: '', note: '' };

const maxNote = 500;

export function readSettlement(
  fields: SettleFields,
  { bridge, number }: OrderRef,
): { request: SettlementRequest } | { errors: SettleErrors } {
  const errors: SettleErrors = {};
  const ticket = fields.ticket.trim();
  const price = fields.price.trim();
  const note = fields.note.trim();
  if (fields.found === null) errors.found = 'Say what you found in MT5.';
  if (fields.found === 'yes') {
    if (ticket === '') errors.ticket = 'Type the ticket that MT5 shows.';
    else if (!/^\d+$/.test(ticket) || /^0+$/.test(ticket) || ticket.length > 19) {
      errors.ticket = 'The ticket is a whole number above 0, without blanks.';
    }
    if (price.includes(',')) errors.price = 'Write the decimals after a point, not a comma.';
    else if (price !== '' && !(/^\d+(\.\d+)?$/.test(price) && Number(price) > 0)) {
      errors.price = 'The price is a number above 0, or empty.';
    }
  }
  if (note.length > maxNote)
    errors.note = `The note has ${String(note.length)} characters; at most ${String(maxNote)} are kept.`;
  if (Object.keys(errors).length > 0) return { errors };
  const found =
    fields.found === 'yes' ? { ticket: ticket.replace(/^0+/, ''), price: price === '' ? null : Number(price) } : null;
  return { request: { order: number, bridge, found, note } };
}
