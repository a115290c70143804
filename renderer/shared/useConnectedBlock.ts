import type { BridgeState } from '../../src/api/state/state.ts';
import { useApp } from '../store/hooks.ts';
import { blockOf, type Block } from './blockWords.ts';

/** Why nothing can be bought or sold on a bridge from this window now; null: it can. */
export function useConnectedBlock(bridge: BridgeState): Block | null {
  const connected = useApp(({ client, connection }) => client !== null && connection === 'open');
  return blockOf(bridge, connected);
}
