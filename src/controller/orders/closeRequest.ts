import type { FireRequest } from '../../api/contract.ts';
import { type CodePage, missingIn } from '../../protocol/ea/codePage.ts';
import { isSignalId } from '../../domain/signalId.ts';
import { allSymbols, closeFields, symbolPattern } from '../../domain/tradeTerms.ts';

interface Surroundings {
  brokerSymbol: (symbol: string) => string;
  codePage: CodePage | undefined;
  /** Whether an order may have left under this ID, or nobody can say. */
  isTaken: (signalId: string) => boolean;
}

/**
 * A close that a person wants, as it can leave: nothing that closing doesn't need stands in its way. An ID that is taken or
 * none gives way to one that is made. Only a symbol that can't be written stays what it is.
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
