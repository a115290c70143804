import { useRef, type KeyboardEvent, type RefObject } from 'react';
import { isComposing } from '../../ui/composing.ts';
import { callOrTell } from '../../store/callApp.ts';
import type { ShortcutAction } from '../shortcuts/shortcuts.ts';
import { useShortcuts } from '../shortcuts/useShortcuts.ts';
import type { TicketControl } from './useTicket.ts';
import { unwaited } from '../../store/unwaited.ts';

interface TicketKeys {
  /** The ticket's form. A part with `data-shortcut` contains the field of that key. */
  form: RefObject<HTMLFormElement | null>;
  onKeyDown: (event: KeyboardEvent<HTMLFormElement>) => void;
}

/** Handles the window's keys for the ticket, and Escape in its fields. */
export function useTicketKeys({ press, ask, close }: Pick<TicketControl, 'press' | 'ask' | 'close'>): TicketKeys {
  const form = useRef<HTMLFormElement>(null);
  const goTo = (name: 'symbol' | 'size' | 'sl' | 'tp'): void => {
    const field = form.current?.querySelector<HTMLInputElement>(`[data-shortcut=${name}] input`);
    field?.focus();
    field?.select();
  };
  const actions: Record<ShortcutAction, () => void> = {
    symbol: () => {
      goTo('symbol');
    },
    size: () => {
      goTo('size');
    },
    sl: () => {
      goTo('sl');
    },
    tp: () => {
      goTo('tp');
    },
    sell: () => {
      press('sell', 'shortcut');
    },
    buy: () => {
      press('buy', 'shortcut');
    },
    close: () => {
      close('shortcut');
    },
    help: () => {
      ask({ about: 'keys' });
    },
    kill: () => {
      unwaited(
        callOrTell('kill', null, 'The kill switch was not pressed.', 'Algo Trading in MT5 stops the EA itself.'),
      );
    },
  };
  useShortcuts((action) => {
    actions[action]();
  });
  return { form, onKeyDown: leaveField };
}

/** Escape leaves a field, so that the keys of the window work. */
function leaveField(event: KeyboardEvent<HTMLFormElement>): void {
  const { key, target, currentTarget } = event;
  if (
    key !== 'Escape' ||
    isComposing(event.nativeEvent) ||
    event.defaultPrevented ||
    !(target instanceof HTMLInputElement)
  )
    return;
  if (!currentTarget.contains(target) || target.closest('dialog') !== null) return;
  event.preventDefault();
  target.blur();
}
