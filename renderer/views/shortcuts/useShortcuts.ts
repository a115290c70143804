import { useEffect, useEffectEvent } from 'react';
import { shortcutOf, type ShortcutAction } from './shortcuts.ts';

/** Elements with keys of their own. */
const ownKeys =
  'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], dialog, [role=dialog], [role=menu], [role=listbox]';

/** Handles the window's keys until it is unmounted. */
export function useShortcuts(act: (action: ShortcutAction) => void): void {
  const onAction = useEffectEvent(act);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const { key, code, repeat, ctrlKey: ctrl, shiftKey: shift, altKey: alt, metaKey: meta, target } = event;
      const inside = target instanceof Element && target.closest(ownKeys) !== null;
      const busy = inside || document.querySelector('dialog:modal') !== null;
      const action = shortcutOf({ key, code, repeat, ctrl, shift, alt, meta }, busy);
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
