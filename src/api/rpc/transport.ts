import { z } from 'zod';
import type { SequencedEvent } from '../state/events.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';

/**
 * Carries JSON messages both ways, in order, until it closes. Attach the listeners before the next turn of the event loop,
 * or messages can be missed.
 */
export interface Transport {
  /** Sends a message; does nothing after the close. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Unsubscribe;
  /** Called once. */
  onClose(listener: () => void): Unsubscribe;
  close(): void;
}

export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('follow') }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

const contractErrorSchema = z.object({
  code: z.enum(['invalid_input', 'unknown_call', 'not_found', 'not_possible', 'connection_lost', 'internal']),
  message: z.string(),
});

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reply'), id: z.number().int(), output: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.number().int().nullable(), error: contractErrorSchema }),
  z.object({
    type: z.literal('event'),
    // Made by the other half of this program, of the same version: its shape is not checked again.
    event: z.custom<SequencedEvent>((value) => typeof value === 'object' && value !== null && 'seq' in value),
  }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
