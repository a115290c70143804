import { feedSettingsSchema, type FeedSettings } from '../../../src/api/state/engines.ts';
import { type FieldSpec, readFields } from '../../ui/readFields.ts';
import { asTyped, listOf, text, trimmed } from '../../ui/typed.ts';

// Form of a new feed: texts → settings, or an error a field. Pure functions.

const fields = {
  name: { read: asTyped, wrong: '1 to 24 letters, digits or _ . -, such as ELITE.' },
  endpoint: { read: trimmed, wrong: 'An address such as tcp://127.0.0.1:5557.' },
  topics: { read: listOf, wrong: 'Words with a comma between them, at most 32.' },
  maxAgeS: { wrong: 'A whole number of seconds from 5 to 86400.' },
  riskPercent: { wrong: 'A number above 0 and at most 100, or empty for off.' },
  maxLot: { wrong: 'Lots above 0, or empty for off.' },
} as const satisfies Record<string, FieldSpec>;

export type FeedTextKey = keyof typeof fields;

export interface FeedForm {
  texts: Record<FeedTextKey, string>;
  /** Null: the only bridge, or a person chooses. */
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

/**
 * The typed settings, or one sentence for each wrong field.
 * @param taken names of other feeds
 */
export function readFeed(
  { texts, bridge }: FeedForm,
  taken: readonly string[],
): { settings: FeedSettings } | { errors: FeedErrors } {
  const { value, errors } = readFields(feedSettingsSchema, texts, fields, { bridge });
  if (taken.includes(texts.name)) errors.name = `There is a feed ${texts.name} already. Remove it first.`;
  return value !== null && Object.keys(errors).length === 0 ? { settings: value } : { errors };
}
