import { describe, expect, it } from 'vitest';
import { compareTickets, jsonTicket } from '../../src/domain/orders/ticket.ts';

describe('a ticket of 64 bits', () => {
  it('keeps every digit as a JSON number', () => {
    expect(JSON.stringify({ ticket: jsonTicket('2030028288298532893') })).toBe('{"ticket":2030028288298532893}');
    expect(JSON.stringify([jsonTicket('-2094967295'), jsonTicket('007'), jsonTicket(null)])).toBe(
      '[-2094967295,7,null]',
    );
  });

  it('is sorted by its number', () => {
    expect(['2030028288298532893', '7', '2030028288298532892', '-5'].sort(compareTickets)).toEqual([
      '-5',
      '7',
      '2030028288298532892',
      '2030028288298532893',
    ]);
  });
});
