import { describe, expect, it } from 'vitest';
import type { Order, TimelineEntry } from '../../src/domain/orders/order.ts';
import { timelineSteps } from '../../renderer/views/orders/timelineWords.ts';
import { anOrder, aSentOrder } from './anOrder.ts';

let seq = 0;
const orderEntry = (at: number, order: Order, frame: string | null = null): TimelineEntry => ({
  seq: (seq += 1),
  at,
  type: 'order',
  order,
  frame,
});
const feedback = (at: number, history = false): TimelineEntry => ({
  seq: (seq += 1),
  at,
  type: 'feedback',
  history,
  frame: '7b7d',
});
const titles = (...entries: TimelineEntry[]): string[] => timelineSteps(entries).map(({ title }) => title);

const sent = aSentOrder();
const unknown = aSentOrder({ state: 'unknown', doubt: 'no_feedback', message: 'No result within 10 s.' });

describe('the timeline of an order', () => {
  it('tells a fill: sent, the frame, what it became', () => {
    const steps = timelineSteps([orderEntry(0, sent, '7b'), orderEntry(88, anOrder()), feedback(90)]);
    expect(steps).toMatchObject([
      { at: 0, title: 'Sent, fired in a window of the desk', state: 'sent', frame: '7b' },
      { at: 88, title: 'Feedback frame from the EA', frame: '7b7d' },
      { at: 88, title: 'Became filled as ticket 8412389 at 2341.47, 88 ms after it was sent', state: 'filled' },
    ]);
    expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length);
  });

  it('tells a refusal with its reason and what to do', () => {
    const refusal = { code: 'kill_switch', reason: 'The kill switch is on.', nextStep: 'Release it.' } as const;
    expect(
      timelineSteps([orderEntry(0, aSentOrder({ state: 'refused', refusal, source: 'command line' }))]),
    ).toMatchObject([
      { title: 'Refused, fired on the command line', details: ['The kill switch is on.', 'Release it.'] },
    ]);
    expect(titles(orderEntry(0, sent, '7b'), orderEntry(1, aSentOrder({ state: 'refused', refusal })))).toEqual([
      'Sent, fired in a window of the desk',
      'Refused: it did not leave',
    ]);
  });

  it('tells of doubt, of a late result, and of feedback that the EA had queued', () => {
    expect(
      titles(
        orderEntry(0, sent, '7b'),
        orderEntry(10_000, unknown),
        orderEntry(11_500, anOrder({ late: true, roundTripMs: 11_500 })),
        feedback(11_500, true),
      ),
    ).toEqual([
      'Sent, fired in a window of the desk',
      'Became unknown',
      'Feedback frame, queued by the EA before it connected',
      'Became filled as ticket 8412389 at 2341.47, 11.5 s after it was sent, late',
    ]);
  });

  it('flags a repeat and a contradiction', () => {
    const filled = anOrder();
    const steps = timelineSteps([
      orderEntry(0, sent, '7b'),
      orderEntry(5, filled),
      feedback(5),
      orderEntry(6, { ...filled, repeats: 1 }),
      feedback(6),
      orderEntry(7, { ...filled, repeats: 2, contradicted: true }),
      feedback(7),
      orderEntry(8, { ...filled, repeats: 3, contradicted: true }),
    ]);
    expect(steps.filter(({ flag }) => flag !== null).map(({ title, flag }) => [title, flag])).toEqual([
      ['The same result again', 'repeat'],
      ['A second, different result', 'contradiction'],
      ['A further result', 'repeat'],
    ]);
  });

  it('tells a close in its two steps', () => {
    const close = aSentOrder({ action: 'close' });
    const reported = { ...close, closeReported: 'Closed 1 positions', message: 'Closed 1 positions Waiting.' };
    expect(
      titles(
        orderEntry(0, close, '7b'),
        orderEntry(40, reported),
        feedback(40),
        orderEntry(5_000, { ...reported, state: 'filled', message: 'Closed 1 positions No positions remain.' }),
      ),
    ).toEqual([
      'Sent, fired in a window of the desk',
      'Feedback frame from the EA',
      'The EA reports the close as done',
      'Became filled',
    ]);
  });

  it('tells who settled by hand, and why', () => {
    const settledBy = { by: 'ticket', at: 20_000, note: 'seen in History' } as const;
    const steps = timelineSteps([
      orderEntry(0, sent, '7b'),
      orderEntry(10_000, unknown),
      orderEntry(20_000, anOrder({ settledBy, late: true, roundTripMs: null })),
      feedback(20_001),
    ]);
    expect(steps[2]).toMatchObject({
      title: 'Settled by hand: found in MT5 as ticket 8412389 at 2341.47',
      state: 'filled',
      details: ['Settled in a window of the desk.', 'Note: seen in History'],
    });
    const notThere = anOrder({ state: 'rejected', ticket: null, price: null, settledBy: { ...settledBy, note: '' } });
    expect(timelineSteps([orderEntry(0, unknown), orderEntry(1, notThere)])[1]).toMatchObject({
      title: 'Settled by hand: not in MT5',
      details: ['Settled in a window of the desk.'],
    });
  });

  it('shows a frame that can not be read, with the reason', () => {
    const broken: TimelineEntry = { seq: 99, at: 50, type: 'broken_feedback', reason: 'No JSON.', frame: '7b22' };
    const steps = timelineSteps([
      orderEntry(0, sent, '7b'),
      orderEntry(50, { ...sent, brokenFeedback: '{"' }),
      broken,
      orderEntry(10_000, unknown),
    ]);
    expect(steps.map(({ title }) => title)).toEqual([
      'Sent, fired in a window of the desk',
      "Feedback frame that can't be read",
      'Became unknown',
    ]);
    expect(steps[1]).toMatchObject({ details: ['No JSON.', 'It settles nothing by itself.'], frame: '7b22' });
  });

  it('begins wherever the journal does', () => {
    expect(titles(orderEntry(0, unknown), orderEntry(1, { ...unknown, doubt: 'ea_timeout' }))).toEqual([
      'Recorded as unknown',
      'Still unknown',
    ]);
    expect(titles(orderEntry(0, sent))).toEqual(['Recorded as sent']);
    expect(timelineSteps([])).toEqual([]);
  });
});
