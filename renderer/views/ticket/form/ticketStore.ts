import { z } from 'zod';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { typedStopUnits, type Side } from '../../../../src/domain/sizing/stops.ts';
import { appStore } from '../../../store/appStore.ts';
import { store, stored } from '../../../store/browserStorage.ts';
import { atMarket, ticketEntries, ticketExpiries } from './ticketEntry.ts';
import { changeTicket, emptyTicket, type TicketChange, type TicketFields } from './ticketFields.ts';

/**
 * The tickets of all bridges. The browser keeps what is typed, so that it survives a reload, and the desk and the compact
 * ticket share it. An order in question and one-click are never kept.
 */
interface TicketStore {
  /** By bridge; missing: an empty ticket. */
  fields: Readonly<Record<string, TicketFields>>;
  /** The side last looked at, by bridge; missing: buy. */
  sides: Readonly<Record<string, Side>>;
}

const text = z.string().max(200);
const keptSchema = z.object({
  symbol: text,
  sizeBy: z.enum(['lots', 'percent', 'money']),
  sizes: z.object({ lots: text, percent: text, money: text }),
  stopUnit: z.enum(typedStopUnits).nullable(),
  stops: z.object({ sl: text, tp: text }),
  entry: z
    .object({ kind: z.enum(ticketEntries), price: text, limit: text, expiry: z.enum(ticketExpiries), until: text })
    .default(atMarket),
  signalId: text,
});

const ticketStore = createStore<TicketStore>(() => ({ fields: {}, sides: {} }));

export function useTicketFields({ id }: Pick<BridgeState, 'id'>): TicketFields {
  return useStore(ticketStore, ({ fields }) => fields[id]) ?? readKept(id);
}

/** The side last looked at. */
export function useTicketSide({ id }: Pick<BridgeState, 'id'>): Side {
  return useStore(ticketStore, ({ sides }) => sides[id]) ?? 'buy';
}

export function lookAtSide({ id }: Pick<BridgeState, 'id'>, side: Side): void {
  ticketStore.setState(({ sides }) => ({ sides: { ...sides, [id]: side } }));
}

function ticketFieldsOf({ id }: Pick<BridgeState, 'id'>): TicketFields {
  return ticketStore.getState().fields[id] ?? readKept(id);
}

export function changeTicketOf(bridge: Pick<BridgeState, 'id' | 'stopUnit'>, change: TicketChange): void {
  keepTicket(bridge, changeTicket(ticketFieldsOf(bridge), change, bridge.stopUnit));
}

export function keepTicket({ id }: Pick<BridgeState, 'id'>, next: TicketFields): void {
  put(id, next);
  store(keyOf(id), JSON.stringify(next));
}

/** When another window last changed a ticket, by the page's clock. */
const elsewhereAt = new Map<string, number>();
/** For so long nobody at this window has read what another one typed, ms. */
const unreadMs = 2_000;

/** Whether another window has changed a ticket a moment ago: one-click asks first. */
export function changedElsewhere({ id }: Pick<BridgeState, 'id'>): boolean {
  return performance.now() - (elsewhereAt.get(id) ?? Number.NEGATIVE_INFINITY) < unreadMs;
}

/** Follows what another window of this browser types, as long as this window is open. */
export function followOtherTickets(): void {
  globalThis.addEventListener('storage', ({ key }) => {
    const bridge = appStore.getState().app?.bridges.find(({ id }) => keyOf(id) === key);
    if (bridge === undefined) return;
    put(bridge.id, readKept(bridge.id));
    elsewhereAt.set(bridge.id, performance.now());
  });
}

function put(id: string, next: TicketFields): void {
  ticketStore.setState(({ fields }) => ({ fields: { ...fields, [id]: next } }));
}

/** Key of a bridge's ticket, apart for each installation: two may be served from one address, one after the other. */
function keyOf(id: string): string {
  return `bitten-desk.ticket ${appStore.getState().app?.app.dataDir ?? ''} ${id}`;
}

/** Cache: the ticket is read at each render until it is changed. */
const read = new Map<string, { kept: string | null; fields: TicketFields }>();

function readKept(id: string): TicketFields {
  const key = keyOf(id);
  const kept = stored(key);
  const known = read.get(key);
  if (known?.kept === kept) return known.fields;
  const fields = parse(kept) ?? emptyTicket;
  read.set(key, { kept, fields });
  return fields;
}

/** Null: nothing was kept, or it was written by something else. */
function parse(kept: string | null): TicketFields | null {
  if (kept === null) return null;
  try {
    return keptSchema.safeParse(JSON.parse(kept)).data ?? null;
  } catch {
    return null;
  }
}
