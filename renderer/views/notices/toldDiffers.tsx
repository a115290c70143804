import { TriangleAlert } from 'lucide-react';
import { useMemo, type ReactElement } from 'react';
import { gaps } from '../../../src/domain/arithmetic/unavailable.ts';
import { termsOf } from '../../../src/domain/market/accountTerms.ts';
import { withTold } from '../../../src/domain/market/toldSymbols.ts';
import { refusals } from '../../../src/domain/orders/refusals.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** What the EA tells otherwise than a person has set. Neither is overwritten: a person decides. */
export function ToldDiffers({ bridge }: { bridge: BridgeState }): ReactElement | null {
  const { account, positionMode, symbols, symbolSuffix, toldSymbols } = bridge;
  const differences = useMemo(
    () => withTold(symbols, symbolSuffix, toldSymbols).flatMap((row) => row.differences ?? []),
    [symbols, symbolSuffix, toldSymbols],
  );
  const { conflict } = termsOf(bridge, account);
  const sentences = [
    ...(account.positionMode !== null && positionMode !== null && account.positionMode !== positionMode
      ? [refusals.positionModeDiffers(positionMode, account.positionMode).reason]
      : []),
    ...(conflict === null ? [] : [`${conflict.missing}.`]),
    ...differences.map((difference) => `${gaps.symbolDiffers(difference).missing}.`),
  ];
  const [first] = sentences;
  if (first === undefined) return null;
  const more = sentences.length - 1;
  const isOfSymbols = sentences.length === differences.length;
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
