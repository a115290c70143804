import type { ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { pressOnce } from '../../ui/pressOnce.ts';

/** The close buttons: quieter than Sell and Buy, never blocked by a guard or a limit. */
export function CloseButtons({
  symbol,
  disabled,
  onPress,
}: {
  /** As typed in the ticket. */
  symbol: string;
  disabled: boolean;
  /** @param symbol null: all symbols */
  onPress: (symbol: string | null) => void;
}): ReactElement {
  return (
    <div className="grid grid-cols-2 gap-2">
      <Button
        disabled={disabled || symbol === ''}
        className="min-w-0"
        {...pressOnce(() => {
          onPress(symbol);
        })}
      >
        <span className="truncate">Close {symbol === '' ? 'symbol' : symbol}</span>
      </Button>
      <Button
        disabled={disabled}
        {...pressOnce(() => {
          onPress(null);
        })}
      >
        Close all
      </Button>
    </div>
  );
}
