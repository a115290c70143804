import { z } from 'zod';
import { settingsSchema } from '../settings/appSettings.ts';

/** Connections that a start binds a port for. `gateway` and `publish` belong to the app, the others to a bridge. */
export type PortChannel = 'command' | 'telemetry' | 'feedback' | 'gateway' | 'publish';

/**
 * Why a port can't be had. `in_use`: by a program. `forbidden`: by the system. `no_address`: the interface isn't this
 * machine's. `twice`: another connection of the desk has the same port. `other`: none of them, such as too many open files.
 */
export type PortReason = 'in_use' | 'forbidden' | 'no_address' | 'twice' | 'other';

/** A port that a start could not have. */
export interface PortFacts {
  /** ID of the bridge; null: a port of the app. */
  bridge: string | null;
  channel: PortChannel;
  /** IP address of the interface. */
  host: string;
  /** TCP port, 1 to 65535. */
  port: number;
  reason: PortReason;
}

/** What the window shows that asks for another port, in a trader's words. */
export const portTroubleSchema = z.object({
  title: z.string(),
  /** Which connection it is, why it can't be had, and what can be done; a paragraph each. */
  sentences: z.array(z.string()),
  field: z.object({
    label: z.string(),
    /** The setting as it is. */
    value: z.string(),
    /** It takes a number. */
    decimal: z.boolean(),
  }),
  /** A value that would do; null: none was found. */
  suggestion: z.string().nullable(),
  /** Label of the button that starts with what is typed. */
  button: z.string(),
  /** What the other side must be given, and the line with the typed value between `before` and `after`. */
  peer: z.object({ sentence: z.string(), line: z.object({ before: z.string(), after: z.string() }).nullable() }),
  /** What else holds of this start. */
  notes: z.array(z.string()),
  /** Why the value that was typed last is not used; null: nothing was typed yet. */
  refused: z.string().nullable(),
  theme: settingsSchema.shape.theme,
  textSize: settingsSchema.shape.textSize,
});
export type PortTrouble = z.infer<typeof portTroubleSchema>;

/** What the window sends: `look` once it can show the trouble, then a person's answer. `again` tries the same once more. */
export const portAnswerSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('look') }),
  z.object({ do: z.literal('start'), typed: z.string().max(100) }),
  z.object({ do: z.literal('again') }),
  z.object({ do: z.literal('quit') }),
]);
export type PortAnswer = z.infer<typeof portAnswerSchema>;
