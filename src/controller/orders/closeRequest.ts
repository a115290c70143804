import type { FireRequest } from '../../api/contract.ts';
import { type CodePage, missingIn } from '../../protocol/ea/codePage.ts';
import { isSignalId } from '../../domain/signalId.ts';
import { allSymbols, closeFields, symbolPattern } from '../../domain/tradeTerms.ts';

interface Surroundings {
  brokerSymbol: (symbol: string) => string;
  codePage: CodePage | undefined;
  /** Whether an order under this ID may have been sent, or the journal can't tell. */
  isTaken: (signalId: string) => boolean;
}

/**
 * A person's close as it can be sent, without anything that closing doesn't need. A missing or used ID is replaced by
 * a new one. Only a symbol that can't be encoded stays and is refused.
 */
export function closeRequest(
  { action, symbol, signalId, ...rest }: FireRequest,
  { brokerSymbol, codePage, isTaken }: Surroundings,
): FireRequest {
  const canLeave = (name: string): boolean => symbolPattern.test(name) && missingIn(name, codePage).length === 0;
  const typed = symbol.trim();
  const names = action === 'close_all' ? [typed, allSymbols] : [brokerSymbol(typed), typed];
  const usable = isSignalId(signalId) && !isTaken(signalId);
  return {
    ...rest,
    action,
    symbol: names.find(canLeave) ?? typed,
    ...closeFields,
    signalId: usable ? signalId : '',
    confirmed: [],
  };
}
