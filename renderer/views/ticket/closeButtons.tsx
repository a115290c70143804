import type { ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { pressOnce, type PressedBy } from '../../ui/pressOnce.ts';

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
  onPress: (symbol: string | null, by: PressedBy) => void;
}): ReactElement {
  return (
    <div className="grid grid-cols-2 gap-2">
      <Button
        disabled={disabled || symbol === ''}
        className="min-w-0"
        {...pressOnce((by) => {
          onPress(symbol, by);
        })}
      >
        <span className="truncate">Close {symbol === '' ? 'symbol' : symbol}</span>
      </Button>
      <Button
        disabled={disabled}
        {...pressOnce((by) => {
          onPress(null, by);
        })}
      >
        Close all
      </Button>
    </div>
  );
}
