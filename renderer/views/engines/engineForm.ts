import {
  engineNameSchema,
  engineSettingsSchema,
  type EngineMode,
  type EngineSettings,
} from '../../../src/api/state/engines.ts';
import type { CitadelSource } from '../../../src/protocol/gateway/citadel.ts';
import { type FieldSpec, readFields } from '../../ui/readFields.ts';
import { listOf, readNumber, symbolsOf, text } from '../../ui/typed.ts';

// Form of an engine: settings → texts → settings, or an error a field. Pure functions.

/** A field with its name on screen and its hints. */
interface EngineFieldSpec extends FieldSpec {
  label: string;
  hint: string;
  /** Hint of an empty field; null: it must not be empty. */
  off: string | null;
  suffix?: string;
}

const count = 'A whole number from 1 to 100000, or empty for off.';

const fields = {
  symbols: {
    read: symbolsOrEvery,
    label: 'Symbols',
    wrong: 'Names of symbols with a comma between them, such as XAUUSD, EURUSD.',
    hint: 'It may trade these alone, with commas between them.',
    off: 'It may trade every symbol.',
  },
  maxLot: {
    label: 'Lots of one order',
    wrong: 'A number above 0, such as 0.5, or empty for off.',
    hint: 'A signal with more lots is refused; lots by risk stop at it.',
    off: 'Off: the largest lots of the bridge count.',
    suffix: 'lots',
  },
  riskPercent: {
    label: 'Risk of a signal without lots',
    wrong: 'A number above 0 and at most 100, or empty for off.',
    hint: 'Its lots are chosen so that the stop loss costs this share of the equity. Without a stop loss it is refused.',
    off: 'Off: every signal must say its lots.',
    suffix: '%',
  },
  tradesPerMinute: {
    label: 'Orders a minute',
    wrong: count,
    hint: 'After this many within 60 seconds its next signal is refused, a close too.',
    off: 'Off: any number a minute.',
  },
  tradesPerDay: {
    label: 'Trades a day',
    wrong: count,
    hint: 'After this many buys and sells it only closes until the next trading day.',
    off: 'Off: any number a day.',
  },
  haltAfter: {
    label: 'Failures until it is halted',
    wrong: count,
    hint: 'After this many refused or rejected in a row it may not trade until you resume it.',
    off: 'Off: it is never halted.',
  },
  expiryS: {
    label: 'A signal waits for',
    wrong: 'A whole number of seconds from 5 to 3600.',
    hint: 'So long a signal in mode Ask waits for you, 5 to 3600 s; then it expires.',
    off: null,
    suffix: 's',
  },
  citadelFactors: {
    read: (typed: string) => listOf(typed).map(readNumber),
    label: 'Times the risk, by score',
    wrong: 'Four numbers from 0.01 to 3 with a comma between them, the largest first, such as 1.5, 1, 0.5, 0.25.',
    coversRules: true,
    hint: 'From 8 on, from 6 on, from 4 on, below.',
    off: null,
  },
} as const satisfies Record<string, EngineFieldSpec>;

export type EngineTextKey = keyof typeof fields;

export function engineField(key: EngineTextKey): EngineFieldSpec {
  return fields[key];
}

export interface EngineForm {
  texts: Record<EngineTextKey, string>;
  mode: EngineMode;
  /** Null: every bridge. */
  bridges: string[] | null;
  withoutStop: boolean;
  changeOthers: boolean;
  citadelScaling: boolean;
  citadelBy: CitadelSource;
}

export type EngineErrors = Partial<Record<EngineTextKey | 'bridges', string>>;

export function engineFormOf(settings: EngineSettings): EngineForm {
  return {
    texts: {
      symbols: settings.symbols?.join(', ') ?? '',
      maxLot: text(settings.maxLot),
      riskPercent: text(settings.riskPercent),
      tradesPerMinute: text(settings.tradesPerMinute),
      tradesPerDay: text(settings.tradesPerDay),
      haltAfter: text(settings.haltAfter),
      expiryS: text(settings.expiryS),
      citadelFactors: settings.citadelFactors.join(', '),
    },
    mode: settings.mode,
    bridges: settings.bridges,
    withoutStop: settings.withoutStop,
    changeOthers: settings.changeOthers,
    citadelScaling: settings.citadelScaling,
    citadelBy: settings.citadelBy,
  };
}

/** The typed settings, or one sentence for each wrong field. */
export function readEngine(form: EngineForm): { settings: EngineSettings } | { errors: EngineErrors } {
  const { texts, ...others } = form;
  const read = readFields(engineSettingsSchema, texts, fields, others);
  const errors: EngineErrors = read.errors;
  if (form.bridges?.length === 0) errors.bridges = 'Choose a bridge, or every one.';
  return read.value !== null && Object.keys(errors).length === 0 ? { settings: read.value } : { errors };
}

/** Null: every symbol. */
function symbolsOrEvery(typed: string): string[] | null {
  const symbols = symbolsOf(typed);
  return symbols.length === 0 ? null : symbols;
}

/** The error in the name of a new engine; null: none. */
export function nameProblem(name: string, taken: readonly string[]): string | null {
  if (taken.includes(name)) return `There is an engine ${name} already. Remove it first to give it a new token.`;
  const read = engineNameSchema.safeParse(name);
  return read.success ? null : (read.error.issues[0]?.message ?? 'This is no name.');
}
