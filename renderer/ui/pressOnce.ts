import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react';

interface PressHandlers {
  onPointerDown: (event: PointerEvent) => void;
  onClick: (event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** How a button was pressed. */
export type PressedBy = 'pointer' | 'key';

/** A finger or a pen that rests longer on a button does not press it, ms: it is laid down, or looks for a menu. */
const longestTouchMs = 500;

/** The press that has begun last: there is one at a time, and a drawing of the button anew must not lose it. */
let begun: { on: EventTarget; at: number } | null = null;

/**
 * Handlers for a button that sends orders: the second click of a double click and a held key fire nothing more.
 * @param onRested called instead with a finger or a pen that has rested on the button; left out: that is a press too
 */
export function pressOnce(onPress: (by: PressedBy) => void, onRested?: () => void): PressHandlers {
  return {
    onPointerDown: ({ currentTarget, timeStamp, pointerType, isPrimary }) => {
      if (isPrimary) begun = pointerType === 'mouse' ? null : { on: currentTarget, at: timeStamp };
    },
    onClick: (event) => {
      if (event.detail >= 2) return;
      const rested = begun?.on === event.currentTarget && event.timeStamp - begun.at > longestTouchMs;
      begun = null;
      // A click that a key made counts no clicks.
      if (event.detail === 0) onPress('key');
      else if (rested && onRested !== undefined) onRested();
      else onPress('pointer');
    },
    onKeyDown: (event) => {
      if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
    },
  };
}
