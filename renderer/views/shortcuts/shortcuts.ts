/** A key of the window and its effect. */
export type ShortcutAction = 'symbol' | 'size' | 'sell' | 'buy' | 'help' | 'kill';

export interface Shortcut {
  action: ShortcutAction;
  /** Keys by their printed names; one of them is enough. */
  keys: readonly string[];
  does: string;
}

export const shortcuts: readonly Shortcut[] = [
  { action: 'symbol', keys: ['/', 'T'], does: 'Go to the symbol' },
  { action: 'size', keys: ['L'], does: 'Go to the lots or the risk' },
  { action: 'sell', keys: ['S'], does: 'Sell: always asks first' },
  { action: 'buy', keys: ['B'], does: 'Buy: always asks first' },
  { action: 'help', keys: ['?'], does: 'Show this list' },
  { action: 'kill', keys: ['Ctrl+Shift+K'], does: 'Kill switch, at once and from anywhere' },
];

/** Keys that work only in their own place. */
export const localKeys: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['Tab'], does: 'Symbol, lots, unit, stop loss, take profit, Sell, Buy' },
  { keys: ['Enter'], does: 'Press the button; in the question, fire the order' },
  { keys: ['Esc'], does: 'Cancel the question; leave a field, so that the keys above work' },
  { keys: ['↑', '↓'], does: 'One step more or fewer lots; in the list of symbols, move' },
  { keys: ['Shift+Enter'], does: 'In the list of symbols: favourite or not' },
];

export interface KeyPress {
  key: string;
  /** Physical position of the key. */
  code: string;
  repeat: boolean;
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
  meta: boolean;
}

/**
 * The window's command for a key press; null: none.
 * @param busy the focus is in a field, a list or a dialog with keys of its own
 */
export function shortcutOf(
  { key, code, repeat, ctrl, shift, alt, meta }: KeyPress,
  busy: boolean,
): ShortcutAction | null {
  if (repeat) return null;
  if (ctrl && shift && !alt && !meta && code === 'KeyK') return 'kill';
  if (busy || ctrl || alt || meta) return null;
  const pressed = key.length === 1 ? key.toUpperCase() : key;
  return shortcuts.find(({ action, keys }) => action !== 'kill' && keys.includes(pressed))?.action ?? null;
}
