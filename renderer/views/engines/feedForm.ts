import { feedSettingsSchema, type FeedSettings } from '../../../src/api/state/engines.ts';
import { commaWords, listOf, readNumber, text } from '../../ui/typed.ts';

// A feed that is added, without its drawing: what stands in the form → settings, or what is wrong.

const wrong = {
  name: '1 to 24 letters, digits or _ . -, such as ELITE.',
  endpoint: 'An address such as tcp://127.0.0.1:5557.',
  topics: 'Words with a comma between them, at most 32.',
  maxAgeS: 'A whole number of seconds from 5 to 86400.',
  riskPercent: 'A number above 0 and at most 100, or empty for off.',
  maxLot: 'Lots above 0, or empty for off.',
} as const;

export type FeedTextKey = keyof typeof wrong;

export interface FeedForm {
  texts: Record<FeedTextKey, string>;
  /** Null: the only one, or a person says which. */
  bridge: string | null;
}

export type FeedErrors = Partial<Record<FeedTextKey, string>>;

export function feedFormOf(settings: Omit<FeedSettings, 'name'>): FeedForm {
  return {
    texts: {
      name: '',
      endpoint: settings.endpoint,
      topics: settings.topics.join(', '),
      maxAgeS: text(settings.maxAgeS),
      riskPercent: text(settings.riskPercent),
      maxLot: text(settings.maxLot),
    },
    bridge: settings.bridge,
  };
}

/** The settings as typed, or for each field one sentence on what is wrong with it. @param taken names of other feeds */
export function readFeed(
  { texts, bridge }: FeedForm,
  taken: readonly string[],
): { settings: FeedSettings } | { errors: FeedErrors } {
  const parsed = feedSettingsSchema.safeParse({
    name: texts.name,
    endpoint: texts.endpoint.trim(),
    topics: listOf(texts.topics),
    bridge,
    maxAgeS: readNumber(texts.maxAgeS),
    riskPercent: readNumber(texts.riskPercent),
    maxLot: readNumber(texts.maxLot),
  } satisfies Record<keyof FeedSettings, unknown>);
  const errors: FeedErrors = {};
  if (taken.includes(texts.name)) errors.name = `There is a feed ${texts.name} already. Remove it first.`;
  for (const { path } of parsed.error?.issues ?? []) {
    const key = String(path[0]);
    if (!(key in wrong)) continue;
    const field = key as FeedTextKey;
    const comma = (field === 'maxAgeS' || field === 'riskPercent' || field === 'maxLot') && texts[field].includes(',');
    errors[field] ??= comma ? commaWords : wrong[field];
  }
  return parsed.success && Object.keys(errors).length === 0 ? { settings: parsed.data } : { errors };
}
