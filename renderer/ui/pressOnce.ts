import type { KeyboardEvent, MouseEvent } from 'react';

interface PressHandlers {
  onClick: (event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** Handlers for a button that sends orders: the second click of a double click and a held key fire nothing more. */
export function pressOnce(onPress: () => void): PressHandlers {
  return {
    onClick: (event) => {
      if (event.detail < 2) onPress();
    },
    onKeyDown: (event) => {
      if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
    },
  };
}
