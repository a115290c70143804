import { findSymbol } from '../../src/domain/market/symbolTable.ts';
import { useAppState } from './hooks.ts';

/** Decimals of a symbol's prices, by its row in the bridge's symbol table, else by its last quote; 0: unknown. */
export function useDigits(bridge: string, symbol: string): number {
  const digits = useAppState(({ bridges, quotes }) => {
    const settings = bridges.find(({ id }) => id === bridge);
    const spec = settings === undefined ? null : findSymbol(settings, symbol);
    const ofPoint = spec?.point === null || spec?.point === undefined ? 0 : Math.round(-Math.log10(spec.point));
    return spec?.digits ?? (ofPoint > 0 ? ofPoint : quotes[bridge]?.find((each) => each.symbol === symbol)?.digits);
  });
  return digits ?? 0;
}
