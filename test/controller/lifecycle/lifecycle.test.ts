import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'order-lifecycle.md'), 'utf8');
const steps = explore();
const changes = steps.filter(({ from, to }) => from.state !== to.state);
const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

describe('the life of an order', () => {
  it('is the one of the table in the docs', () => {
    const rows = [...page.matchAll(/^\| (trade|pending|close|change) +\| (\w+) +\| (\w+) +\| (\w+) +\|/gm)].map((row) =>
      row.slice(1, 5).join(' '),
    );
    expect(sorted(rows)).toHaveLength(rows.length);
    expect(sorted(rows)).toEqual(
      sorted(changes.map(({ kind, from, event, to }) => [kind, from.state, event.type, to.state].join(' '))),
    );
  });

  it('is the one of the diagram in the docs', () => {
    const arrows = [...page.matchAll(/^ {2}(\w+) --> (\w+) : (.+)$/gm)].flatMap(([, from, to, events]) =>
      (events ?? '').split(', ').map((event) => [from, event, to].join(' ')),
    );
    expect(sorted(arrows)).toEqual(
      sorted(changes.map(({ from, event, to }) => [from.state, event.type, to.state].join(' '))),
    );
  });

  it('goes through every state and every event', () => {
    expect(steps.length).toBeGreaterThan(10_000);
    expect(sorted(steps.map(({ to }) => to.state))).toEqual([
      'cancelled',
      'filled',
      'placed',
      'refused',
      'rejected',
      'sent',
      'unknown',
    ]);
  });

  it('keeps a reason exactly while it is unknown, a ticket while it is filled, and what was asked for good', () => {
    for (const { from, to } of steps) {
      expect(to.doubt === null).toBe(to.state !== 'unknown');
      expect(to.refusal === null).toBe(to.state !== 'refused');
      if (from.state === 'filled' && to.state === 'filled' && from.ticket !== null) expect(to.ticket).toBe(from.ticket);
      const { number, bridge, account, signalId, action, symbol, lot, sl, tp, source, at, day } = to;
      expect(from).toMatchObject({ number, bridge, account, signalId, action, symbol, lot, sl, tp, source, at, day });
    }
  });

  it('is never changed by an EA once a person has settled it, but marked', () => {
    for (const { from, event, to } of steps) {
      if (from.settledBy !== null && event.type === 'report')
        expect([to.state, to.ticket]).toEqual([from.state, from.ticket]);
    }
  });
});
