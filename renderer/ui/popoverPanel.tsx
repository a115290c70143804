import { Popover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

/** The panel of a `Popover.Trigger`. It scrolls where the window is too low for it. */
export function PopoverPanel({
  name,
  align = 'start',
  className,
  onCloseAutoFocus,
  children,
}: {
  name: string;
  align?: 'start' | 'end';
  /** Its width and layout. */
  className: string;
  onCloseAutoFocus?: (event: Event) => void;
  children: ReactNode;
}): ReactElement {
  return (
    <Popover.Portal>
      <Popover.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        aria-label={name}
        {...(onCloseAutoFocus === undefined ? {} : { onCloseAutoFocus })}
        className={`z-30 max-h-[var(--radix-popover-content-available-height)] max-w-[calc(100vw-2rem)] overflow-y-auto rounded-[6px] border border-line bg-panel p-4 shadow-[var(--shadow)] ${className}`}
      >
        {children}
      </Popover.Content>
    </Popover.Portal>
  );
}
