import { describe, expect, it } from 'vitest';
import { emptyTicket } from '../../renderer/views/ticket/form/ticketFields.ts';
import { percentHint } from '../../renderer/views/ticket/form/sizeHint.ts';
import { proposedLimits } from '../../renderer/views/guide/accountTerms.ts';

describe('the share of the equity that a trade risks', () => {
  it('opens below the limit that the guide proposes, and says the limit', () => {
    expect(Number(emptyTicket.sizes.percent)).toBe(1);
    expect(Number(emptyTicket.sizes.percent)).toBeLessThan(proposedLimits.riskPercent);
    const hint = percentHint(emptyTicket.sizes.percent, proposedLimits.riskPercent);
    expect(hint).toEqual({ text: 'at the stop, limit 2 %', warning: false });
  });

  it('is marked above the limit, not on it, and names none where none is set', () => {
    expect(percentHint('2', 2)).toMatchObject({ warning: false });
    expect(percentHint('2.01', 2)).toEqual({ text: 'above the limit of 2 %', warning: true });
    expect(percentHint('1', 0.5)).toEqual({ text: 'above the limit of 0.5 %', warning: true });
    expect(percentHint('50', null)).toEqual({ text: 'of equity, at the stop', warning: false });
    expect(percentHint('', 2)).toMatchObject({ warning: false });
  });
});
