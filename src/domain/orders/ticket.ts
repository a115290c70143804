/**
 * A deal or order number of MT5, as text of digits: it has 64 bits, and a JavaScript number is exact to 53. v7 prints one
 * above 2^31 with a minus (W14a).
 */
export const ticketPattern = /^-?\d{1,20}$/;

/** Compares by number, for sorting. */
export function compareTickets(one: string, other: string): number {
  const [a, b] = [BigInt(one), BigInt(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** In Node 24 and every current browser; the ES2024 library doesn't declare it. */
interface ExactJson {
  rawJSON: (text: string) => unknown;
}

/** The ticket for JSON.stringify: a JSON number with every digit, as the documented results have it. */
export function jsonTicket(ticket: string | null): unknown {
  return ticket === null ? null : (JSON as unknown as ExactJson).rawJSON(BigInt(ticket).toString());
}
