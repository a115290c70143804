import { describe, expect, it } from 'vitest';
import { defaultFeedSettings } from '../../src/api/state/engines.ts';
import { feedFormOf, readFeed, type FeedTextKey } from '../../renderer/views/engines/feedForm.ts';
import { feedWords } from '../../renderer/views/engines/engineWords.ts';

const typed = (changes: Partial<Record<FeedTextKey, string>>, taken: string[] = []) => {
  const form = feedFormOf(defaultFeedSettings);
  return readFeed({ ...form, texts: { ...form.texts, name: 'ELITE', ...changes } }, taken);
};

describe('the form of a feed', () => {
  it('is what a new feed is at first', () => {
    expect(typed({})).toEqual({ settings: { ...defaultFeedSettings, name: 'ELITE' } });
  });

  it('reads topics with commas between them, and an empty risk as off', () => {
    expect(typed({ topics: 'VENOM_SIGNAL, ELITE_GUARD_SIGNAL', riskPercent: '' })).toMatchObject({
      settings: { topics: ['VENOM_SIGNAL', 'ELITE_GUARD_SIGNAL'], riskPercent: null },
    });
  });

  it.each([
    [{ name: '' }, 'name', '1 to 24 letters'],
    [{ name: 'a b' }, 'name', '1 to 24 letters'],
    [{ endpoint: '127.0.0.1:5557' }, 'endpoint', 'tcp://127.0.0.1:5557'],
    [{ endpoint: 'ipc:///tmp/x' }, 'endpoint', 'tcp://127.0.0.1:5557'],
    [{ maxAgeS: '' }, 'maxAgeS', 'from 5 to 86400'],
    [{ maxAgeS: '2' }, 'maxAgeS', 'from 5 to 86400'],
    [{ riskPercent: '1,5' }, 'riskPercent', 'not a comma'],
    [{ riskPercent: '0' }, 'riskPercent', 'above 0'],
  ] as [Partial<Record<FeedTextKey, string>>, FeedTextKey, string][])(
    'says what is wrong with %j',
    (changes, key, words) => {
      const read = typed(changes);
      expect('errors' in read ? read.errors : {}).toEqual({ [key]: expect.stringContaining(words) as string });
    },
  );

  it('does not take a name twice', () => {
    expect(typed({}, ['ELITE'])).toEqual({ errors: { name: 'There is a feed ELITE already. Remove it first.' } });
  });
});

it('a feed is told at a glance', () => {
  const feed = { ...defaultFeedSettings, name: 'ELITE' };
  expect(feedWords(feed, new Map([['main', 'Main']]))).toEqual([
    'Every topic',
    'the only bridge',
    'at most 1.00 lots',
    'signals expire after 120 s',
    'without lots 2 % risk',
  ]);
  const names = new Map([
    ['main', 'Main'],
    ['gold', 'Gold'],
  ]);
  expect(feedWords(feed, names)[1]).toBe('a person says which bridge');
  expect(feedWords({ ...feed, bridge: 'gold', topics: ['A'], riskPercent: null, maxLot: null }, names)).toEqual([
    'A',
    'Gold',
    'any lots',
    'signals expire after 120 s',
    'lots must be said',
  ]);
});
