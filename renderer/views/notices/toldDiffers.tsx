import { TriangleAlert } from 'lucide-react';
import { useMemo, type ReactElement } from 'react';
import { accountDifferences, symbolDifferences } from '../../../src/api/presentation/termDifferences.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** What the EA tells otherwise than a person has set. Neither is overwritten: a person decides. */
export function ToldDiffers({ bridge }: { bridge: BridgeState }): ReactElement | null {
  const { symbols, symbolSuffix, toldSymbols } = bridge;
  // The symbol table is long, and the bridge changes four times a second.
  const ofSymbols = useMemo(
    () => symbolDifferences(symbols, symbolSuffix, toldSymbols),
    [symbols, symbolSuffix, toldSymbols],
  );
  const sentences = [...accountDifferences(bridge), ...ofSymbols];
  const [first] = sentences;
  if (first === undefined) return null;
  const more = sentences.length - 1;
  const isOfSymbols = sentences.length === ofSymbols.length;
  return (
    <Notice
      icon={<TriangleAlert className="size-5 shrink-0 text-quiet" aria-hidden="true" />}
      action={
        <Button
          onClick={() => {
            appStore.setState({ openSettings: { bridge: bridge.id, at: isOfSymbols ? 'symbols' : null } });
          }}
        >
          Open the settings
        </Button>
      }
    >
      <strong>{first}</strong> {more > 0 && `${String(more)} more ${more === 1 ? 'differs' : 'differ'}. `}
      {isOfSymbols
        ? 'Such a symbol is not bought or sold until both agree.'
        : 'What depends on it is refused until both agree.'}
    </Notice>
  );
}
