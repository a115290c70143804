import { useEffect, useEffectEvent } from 'react';
import { isComposing } from '../../ui/composing.ts';
import { shortcutOf, type ShortcutAction } from './shortcuts.ts';

/** Elements with keys of their own. */
const ownKeys =
  'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], [role=menu], [role=listbox]';

/** Handles the window's keys until it is unmounted. */
export function useShortcuts(act: (action: ShortcutAction) => void): void {
  const onAction = useEffectEvent(act);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const { key, code, repeat, ctrlKey: ctrl, shiftKey: shift, altKey: alt, metaKey: meta, target } = event;
      const inside = (places: string): boolean => target instanceof Element && target.closest(places) !== null;
      const inField = inside(ownKeys);
      const isAsked = document.querySelector('dialog:modal') !== null || inside('dialog, [role=dialog]');
      const place = isAsked ? 'dialog' : inField ? 'field' : 'free';
      const [altGraph, composing] = [event.getModifierState('AltGraph'), isComposing(event)];
      const action = shortcutOf({ key, code, repeat, ctrl, shift, alt, meta, altGraph, composing }, place);
      if (action === null) return;
      event.preventDefault();
      onAction(action);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
