import { z } from 'zod';

const decoder = new TextDecoder();

const sent = z.object({
  type: z.literal('ack'),
  signal_id: z.string(),
  state: z.literal('sent'),
  bridge: z.string(),
  lot: z.number(),
  sl: z.number(),
  tp: z.number(),
});

const waiting = z.object({
  type: z.literal('ack'),
  signal_id: z.string(),
  state: z.literal('waiting'),
  expires_at: z.number(),
});

/** Replies of the gateway (G3): the fields that the client reads. */
const replySchema = z.discriminatedUnion('type', [
  z.discriminatedUnion('state', [sent, waiting]),
  z.object({
    type: z.literal('trade_result'),
    signal_id: z.string(),
    ticket: z.string().nullable(),
    price: z.number().nullable(),
    bridge: z.string(),
    lot: z.number().nullable().default(null),
    traded_lot: z.number().nullable().default(null),
    unverified: z.boolean().default(false),
    message: z.string().nullable().default(null),
  }),
  z.object({ type: z.literal('error'), signal_id: z.string(), error: z.string(), bridge: z.string() }),
  z.object({
    type: z.literal('unknown'),
    signal_id: z.string(),
    reason: z.string().default(''),
    unverified: z.boolean().default(false),
  }),
  z.object({
    type: z.literal('refused'),
    signal_id: z.string(),
    code: z.string(),
    reason: z.string(),
    next_step: z.string().default(''),
    field: z.string().nullable().default(null),
  }),
  z.object({ type: z.literal('not_found'), signal_id: z.string() }),
  z.object({ type: z.literal('pong'), engine: z.string() }),
]);

export type GatewayReply = z.infer<typeof replySchema>;

/** Keeps every digit of a ticket: a JavaScript number would round it above 2^53. */
const exactTicket = (name: string, value: unknown, context?: { source?: string }): unknown =>
  name === 'ticket' && typeof value === 'number' ? (context?.source ?? String(value)) : value;

/** Parses a reply; null: unreadable. Its meaning is then in doubt, never guessed. */
export function readReply(frame: Uint8Array): GatewayReply | null {
  try {
    return replySchema.safeParse(JSON.parse(decoder.decode(frame), exactTicket)).data ?? null;
  } catch {
    return null;
  }
}
