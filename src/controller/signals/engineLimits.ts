import type { ChangeAsked } from '../../protocol/gateway/changeRequest.ts';
import type { EngineSignal } from '../../protocol/gateway/engineRequest.ts';
import { invalidRefusal, type Refusal } from '../../domain/orders/refusal.ts';
import type { RequestProblem } from '../../protocol/gateway/requestFields.ts';
import type { SignalTarget } from './signalTarget.ts';
import { isEngineChange, type Submitted } from './approvalQueue.ts';
import { strangerRefusal, strangersRefusal } from './engineChanges.ts';
import type { EngineRuntime } from './engineRuntime.ts';
import { isClose } from '../../domain/tradeTerms.ts';

export const unauthorized: Refusal = {
  code: 'unauthorized',
  reason: 'Engine and token do not belong together.',
  nextStep: 'Send the name of the engine in "engine" and the token that the desk showed when it was added in "token".',
};

/** Oldest signal of an engine that is fired, ms since sending: an older one has waited in a socket. */
const mostAgeMs = 2_000;

/** Refuses a signal that is too old, as after a suspension of the app or a flood. */
export function ageRefusal({ sentAt }: Pick<EngineSignal, 'sentAt'>, now: number): Refusal | null {
  if (sentAt === null || Math.abs(now - sentAt) <= mostAgeMs) return null;
  const seconds = (Math.abs(now - sentAt) / 1_000).toFixed(1);
  if (sentAt > now) {
    const reason = `"sent_at" is ${seconds} s later than now: the clocks differ, or it is another unit of time.`;
    return invalidRefusal({ code: 'invalid_request', reason });
  }
  return {
    code: 'expired',
    reason: `This signal was sent ${seconds} s ago; after ${String(mostAgeMs / 1_000)} s none is fired.`,
    nextStep: 'Send a new signal if it still holds.',
  };
}

/**
 * Refuses everything from a stopped engine.
 * @param removed the engine was removed after it asked
 */
export function switchRefusal({ name, settings, halted }: EngineRuntime, removed: boolean): Refusal | null {
  if (removed) {
    const reason = `Engine ${name} was removed.`;
    return { code: 'engine_paused', reason, nextStep: 'Add it again in the engines of the desk.' };
  }
  if (halted !== null) {
    const reason = `Engine ${name} is halted: ${halted.why}.`;
    return { code: 'engine_halted', reason, nextStep: 'A person has to look at it and resume it in the desk.' };
  }
  if (settings.mode !== 'paused') return null;
  return {
    code: 'engine_paused',
    reason: `Engine ${name} is paused.`,
    nextStep: 'Resume it in the engines of the desk.',
  };
}

/** Refusal by an engine's own limits; null: none. */
export function limitRefusal(engine: EngineRuntime, bridge: SignalTarget, signal: Submitted): Refusal | null {
  const { symbol } = bridge.ground(signal.symbol).instrument;
  const why = engine.limitReached(bridge.counted, signal.action, [signal.symbol, symbol]);
  if (why !== null) return ofLimit(engine.name, why);
  if (isEngineChange(signal)) return strangerRefusal(engine, bridge, signal.change);
  return isClose(signal.action) ? strangersRefusal(engine, bridge, signal.action === 'close' ? symbol : null) : null;
}

/** Refuses an entry without a stop loss that no person would look at; null: it has one, or need not. */
export function noStopRefusal({ name, settings }: EngineRuntime, signal: EngineSignal | ChangeAsked): Refusal | null {
  if ('wanted' in signal) return null;
  const { action, sl } = signal;
  if (settings.mode !== 'auto' || settings.withoutStop || isClose(action) || sl.some(({ value }) => value > 0)) {
    return null;
  }
  return {
    code: 'engine_limit',
    reason: `Engine ${name} may not buy or sell without a stop loss in mode Auto.`,
    nextStep: 'Send a stop loss, or permit orders without one in the limits of the engine.',
  };
}

export function ofLimit(name: string, why: string): Refusal {
  return {
    code: 'engine_limit',
    reason: `Engine ${name} is at a limit of its own: ${why}.`,
    nextStep: 'Wait, or change its limits in the engines of the desk.',
  };
}

export function ofProblem({ code, reason }: RequestProblem): Refusal {
  return invalidRefusal({ code, reason });
}
