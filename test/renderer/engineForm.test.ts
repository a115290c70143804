import { describe, expect, it } from 'vitest';
import { defaultEngineSettings } from '../../src/api/state/engines.ts';
import { engineFormOf, nameProblem, readEngine } from '../../renderer/views/engines/engineForm.ts';
import { snippets } from '../../renderer/views/engines/engineSnippets.ts';

const form = engineFormOf(defaultEngineSettings);
const typed = (texts: Partial<typeof form.texts>) => readEngine({ ...form, texts: { ...form.texts, ...texts } });

describe('the limits of an engine as typed', () => {
  it('are what they were when nothing was typed', () => {
    expect(readEngine(form)).toEqual({ settings: defaultEngineSettings });
  });

  it('are off when empty, and symbols are each taken once', () => {
    expect(
      typed({ maxLot: ' ', tradesPerDay: '', haltAfter: '', riskPercent: '', symbols: 'XAUUSD, EURUSD XAUUSD' }),
    ).toMatchObject({
      settings: {
        maxLot: null,
        tradesPerDay: null,
        haltAfter: null,
        riskPercent: null,
        symbols: ['XAUUSD', 'EURUSD'],
      },
    });
  });

  it.each([
    ['maxLot', '0', 'above 0'],
    ['maxLot', '0,5', 'not a comma'],
    ['tradesPerMinute', '1.5', 'whole number'],
    ['expiryS', '', 'from 5 to 3600'],
    ['expiryS', '4', 'from 5 to 3600'],
    ['riskPercent', '101', 'at most 100'],
    ['symbols', 'XAU"USD', 'Names of symbols'],
  ] as const)('%s as %j is wrong', (key, value, words) => {
    const read = typed({ [key]: value });
    expect('errors' in read && read.errors[key]).toContain(words);
  });

  it('want a bridge where not every one is allowed', () => {
    expect(readEngine({ ...form, bridges: [] })).toMatchObject({ errors: { bridges: expect.any(String) as string } });
  });

  it('belong to a name that is free', () => {
    expect(nameProblem('VENOM', [])).toBeNull();
    expect(nameProblem('VENOM', ['VENOM'])).toContain('already');
    expect(nameProblem('two words', [])).toContain('letters');
  });
});

describe('what is pasted into an engine', () => {
  it('has its name, its token and the endpoint', () => {
    for (const make of Object.values(snippets)) {
      const code = make({ engine: 'VENOM', token: 'secret', endpoint: 'tcp://127.0.0.1:5559', bridge: null });
      for (const each of ['VENOM', 'secret', 'tcp://127.0.0.1:5559']) expect(code).toContain(each);
      expect(code).not.toContain('bridge');
      const named = make({ engine: 'VENOM', token: 'secret', endpoint: 'tcp://127.0.0.1:5559', bridge: 'two' });
      expect(named).toMatch(/"?bridge"?: ["']two["']/);
    }
  });
});
