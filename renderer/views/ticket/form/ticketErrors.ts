import type { SignalField } from '../../../../src/domain/tradeTerms.ts';

/** Errors in the fields, and in how a button was pressed. */
export type TicketErrors = Partial<Record<SignalField | 'press' | 'price' | 'limit' | 'until', string>>;
