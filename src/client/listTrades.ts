import { z } from 'zod';
import { converse } from './converse.ts';
import type { NoAnswer } from './askGateway.ts';
import type { FireRefusalCode } from './fireOutcome.ts';
import { defaultEndpoint, type GatewayOptions } from './gatewayOptions.ts';

const text = z.string().nullable();
const number = z.number().nullable();
const side = z.enum(['buy', 'sell']);
/** Whose it is. `own`: the engine that asks has opened it. */
const origin = { signal_id: text, opened_by: text, own: z.boolean() } as const;

// Numbers of MT5 are text of digits. A price or stop of 0 is none; null: the EA does not tell it.

const position = z.object({
  ...{ position: z.string(), symbol: z.string(), side, lots: z.number(), price: number, opened_at: number },
  ...{ sl: number, tp: number, profit: number, swap: number, ...origin },
});
export type ListedPosition = z.infer<typeof position>;

const pending = z.object({
  ...{ order: z.string(), symbol: z.string(), side: side.nullable(), kind: z.string(), lots: z.number() },
  ...{
    requested: number,
    price: number,
    limit_price: number,
    until: number,
    placed_at: number,
    sl: number,
    tp: number,
  },
  ...origin,
});
export type ListedOrder = z.infer<typeof pending>;

const deal = z.object({
  ...{ deal: z.string(), closed_at: z.number(), opened_at: number, position: z.string(), symbol: z.string(), side },
  ...{ lots: z.number(), open_price: number, close_price: number, profit: number, swap: number, costs: number },
  ...{ net: number, closed_by: text, ...origin },
});
export type ListedDeal = z.infer<typeof deal>;

const entries = { positions: position, orders: pending, deals: deal } as const;

/** A page of a list. */
export interface Listed<Entry> {
  state: 'listed';
  bridge: string;
  account: string | null;
  /** When the EA told it, epoch ms. */
  at: number | null;
  entries: Entry[];
  /** `cursor` of the next page; null: this is the last. */
  next: string | null;
}

/** The desk did not answer with the list. */
export interface NotListed {
  state: 'refused';
  code: FireRefusalCode;
  reason: string;
  nextStep: string;
}

export interface ListOptions extends GatewayOptions {
  /** Most entries, 1 to 100; left out: 100. */
  limit?: number;
  /** `next` of the page before. */
  cursor?: string;
  bridge?: string;
  /** Refused where the EA is on another account. */
  account?: string;
}

/** Open positions that the engine has opened, by number, or all where a person permits that. */
export function listZmqPositions(options: ListOptions): Promise<Listed<ListedPosition> | NotListed | NoAnswer> {
  return list('positions', options);
}

/** Pending orders that the engine has placed, by number, or all where a person permits that. */
export function listZmqOrders(options: ListOptions): Promise<Listed<ListedOrder> | NotListed | NoAnswer> {
  return list('orders', options);
}

/**
 * Closed trades of positions that the engine has opened, the newest first, or all where a person permits that.
 * @param options `since`: Unix time of the earliest, s or ms
 */
export function listZmqDeals(
  options: ListOptions & { since?: number },
): Promise<Listed<ListedDeal> | NotListed | NoAnswer> {
  return list('deals', options);
}

type ListType = keyof typeof entries;

async function list<Type extends ListType>(
  type: Type,
  { endpoint = defaultEndpoint, timeoutMs = 5_000, signal, ...asked }: ListOptions,
): Promise<Listed<z.infer<(typeof entries)[Type]>> | NotListed | NoAnswer> {
  const page = z.object({
    ...{ type: z.literal(type), bridge: z.string(), account: text, at: number, next: text },
    [type]: z.array(entries[type]),
  });
  const request = JSON.stringify({ ...asked, type });
  const conversation = await converse(request, { endpoint, timeoutMs, signal }, (frame) => {
    const reply = readJson(frame);
    const refusal = refused.safeParse(reply).data;
    if (refusal !== undefined) {
      const { code, reason, next_step: nextStep } = refusal;
      return { state: 'refused' as const, code, reason, nextStep };
    }
    const told = page.safeParse(reply).data;
    if (told === undefined) return null;
    const { bridge, account, at, next } = told;
    const listed = (told as Record<string, unknown>)[type] as z.infer<(typeof entries)[Type]>[];
    return { state: 'listed' as const, bridge, account, at, entries: listed, next };
  });
  if (conversation.ended === 'answered') return conversation.answer;
  return { state: 'no_answer', code: conversation.why, reason: conversation.reason };
}

const refused = z.object({
  ...{ type: z.literal('refused'), code: z.string(), reason: z.string(), next_step: z.string().default('') },
});

const decoder = new TextDecoder();

/** Null: no JSON. */
function readJson(frame: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(frame));
  } catch {
    return null;
  }
}
