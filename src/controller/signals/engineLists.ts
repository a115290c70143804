import { attempt, type OnFault } from '../../base/guard.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { isSameAccount } from '../../domain/orders/seen.ts';
import { compareTickets } from '../../domain/orders/ticket.ts';
import { changeRefusals } from '../../domain/positions/changeRefusals.ts';
import { engineReplies } from '../../protocol/gateway/engineReply.ts';
import { dealEntry, listReply, pendingEntry, positionEntry } from '../../protocol/gateway/listReply.ts';
import { type ListAsked, type ListType, readList } from '../../protocol/gateway/listRequest.ts';
import type { Fields } from '../../protocol/gateway/requestFields.ts';
import type { Clock } from '../ports/clock.ts';
import { bridgeNamed } from './bridgeNamed.ts';
import { mayTouch } from './engineChanges.ts';
import { ofLimit, ofProblem } from './engineLimits.ts';
import type { EngineRuntime } from './engineRuntime.ts';
import type { EngineClient } from './replyRouter.ts';
import type { SignalTarget } from './signalTarget.ts';

export interface EngineListsContext {
  clock: Clock;
  /** @param id null: the only one @throws ContractFailure */
  bridge: (id: string | null) => SignalTarget;
  changed: () => void;
  /** One sentence for the log about a request that was refused. */
  log: (sentence: string) => void;
  /** Called with a bug in the answer of a request. */
  onFault: OnFault;
}

/** A list that an engine asks for. */
interface ListOf {
  engine: EngineRuntime;
  bridge: SignalTarget;
  asked: ListAsked;
  /** As the request stated it; null: not stated. */
  signalId: string | null;
  /** Epoch ms. */
  now: number;
}

/** Lists for engines of what is open and was closed: what each has opened, or all of it where a person permits that. */
export class EngineLists {
  private readonly context: EngineListsContext;

  constructor(context: EngineListsContext) {
    this.context = context;
  }

  /** Answers with a page. Nothing is sent to the EA. A refusal says nothing about what the engine does: it halts none. */
  tell(engine: EngineRuntime, type: ListType, fields: Fields, client: EngineClient): void {
    const { clock, onFault, bridge: find } = this.context;
    const stated = fields['signal_id'];
    const signalId = typeof stated === 'string' ? stated.slice(0, 128) : null;
    const refuse = (refusal: Refusal, field: string | null = null): void => {
      engine.questionRefused();
      this.context.log(`A request of engine ${engine.name} was refused: ${refusal.reason}`);
      client.reply(engineReplies.refused(signalId ?? '', refusal, field), true);
      this.context.changed();
    };
    const read = readList(type, fields);
    if (!read.ok) {
      refuse(ofProblem(read.problem), read.problem.field);
      return;
    }
    if (!engine.lists.allow(clock.monotonic())) {
      refuse(ofLimit(engine.name, 'it asks for lists more often than they can change'));
      return;
    }
    const asked = read.value;
    const bridge = bridgeNamed(find, asked.bridge);
    if ('code' in bridge) {
      refuse(ofProblem(bridge), bridge.field);
      return;
    }
    attempt(onFault, async () => {
      const told = await pageOf({ engine, bridge, asked, signalId, now: clock.now() });
      if (typeof told === 'string') client.reply(told, true);
      else refuse(told);
    });
  }
}

async function pageOf(of: ListOf): Promise<string | Refusal> {
  const { engine, bridge, asked } = of;
  const { key: account, names: accountNames } = bridge.orderManager.identity;
  if (engine.settings.bridges?.includes(bridge.config.id) === false) {
    return ofLimit(engine.name, `it may not see bridge ${bridge.config.id}`);
  }
  if (account === null) return refusals.accountUnnamed();
  if (asked.account !== null && !isSameAccount(asked.account, { account, accountNames })) {
    return changeRefusals.otherAccount(asked.account, account);
  }
  return asked.type === 'deals' ? dealsPage(of, account, accountNames) : openPage(of, account);
}

function openPage({ engine, bridge, asked, signalId }: ListOf, account: string): string | Refusal {
  const { isOwnEa, trades, opened } = bridge.orderManager.changes.now();
  if (!isOwnEa) return changeRefusals.notListedEver();
  const isPositions = asked.type === 'positions';
  const list = isPositions ? trades.positions : (trades.orders?.filter(isPending) ?? null);
  if (list === null || !trades.isCurrent) return changeRefusals.notListed();
  const numberOf = (trade: (typeof list)[number]): string => ('position' in trade ? trade.position : trade.order);
  // Each one that it has opened is looked up in the journal: no more of them than the page takes.
  const page: (typeof list)[number][] = [];
  for (const trade of list.toSorted((one, other) => compareTickets(numberOf(one), numberOf(other)))) {
    if (page.length > asked.limit) break;
    if (asked.after !== null && compareTickets(numberOf(trade), asked.after) <= 0) continue;
    if (mayTouch(engine, opened, trade)) page.push(trade);
  }
  const hasMore = page.length > asked.limit;
  if (hasMore) page.pop();
  const last = page.at(-1);
  const own = { source: engine.source, settings: { ...engine.settings, changeOthers: false } };
  const entries = page.map((trade) => {
    const isOwn = !engine.settings.changeOthers || mayTouch(own, opened, trade);
    return 'position' in trade ? positionEntry(trade, isOwn) : pendingEntry(trade, isOwn);
  });
  const at = isPositions ? trades.positionsAt : trades.ordersAt;
  return listReply(
    asked.type,
    entries,
    { signalId, bridge: bridge.config.id, account, at },
    hasMore && last !== undefined ? numberOf(last) : null,
  );
}

async function dealsPage(
  { engine, bridge, asked, signalId, now }: ListOf,
  account: string,
  names: readonly string[],
): Promise<string | Refusal> {
  const { limit, before, since } = asked;
  const opener = engine.settings.changeOthers ? null : engine.source;
  try {
    const { trades, next } = await bridge.records.dealsOf({ before, limit, from: since ?? 0, opener }, names);
    const entries = trades.map((trade) => dealEntry(trade, trade.source === engine.source));
    const cursor = next === null ? null : `${String(next.at)}:${next.deal}`;
    return listReply('deals', entries, { signalId, bridge: bridge.config.id, account, at: now }, cursor);
  } catch (error) {
    return refusals.journalFailed(error instanceof Error ? error.message : String(error));
  }
}

/** A market order on its way is none that could be cancelled. */
function isPending(order: { kind: string }): boolean {
  return order.kind !== 'market' && order.kind !== 'close_by';
}
