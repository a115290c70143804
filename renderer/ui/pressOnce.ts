import type { KeyboardEvent, MouseEvent } from 'react';

interface PressHandlers {
  onClick: (event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** How a button was pressed. */
export type PressedBy = 'pointer' | 'key';

/** Handlers for a button that sends orders: the second click of a double click and a held key fire nothing more. */
export function pressOnce(onPress: (by: PressedBy) => void): PressHandlers {
  return {
    onClick: (event) => {
      // A click that a key made counts no clicks.
      if (event.detail < 2) onPress(event.detail === 0 ? 'key' : 'pointer');
    },
    onKeyDown: (event) => {
      if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
    },
  };
}
