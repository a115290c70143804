/** A key of the window and its effect. */
export type ShortcutAction = 'symbol' | 'size' | 'sl' | 'tp' | 'sell' | 'buy' | 'close' | 'help' | 'kill';

export interface Shortcut {
  action: ShortcutAction;
  /** Keys by their names on a US keyboard; one of them is enough. */
  keys: readonly string[];
  does: string;
}

/** Chords, by the place of the key on the keyboard: they are the same on every layout. */
const chords: Readonly<Record<string, ShortcutAction>> = {
  KeyB: 'buy',
  KeyS: 'sell',
  KeyC: 'close',
  KeyT: 'symbol',
  KeyO: 'size',
  KeyL: 'sl',
  KeyP: 'tp',
};

export const shortcuts: readonly Shortcut[] = [
  { action: 'buy', keys: ['Alt+B'], does: 'Buy: always asks first' },
  { action: 'sell', keys: ['Alt+S'], does: 'Sell: always asks first' },
  { action: 'close', keys: ['Alt+C'], does: 'Close the positions of the symbol: asks first' },
  { action: 'symbol', keys: ['Alt+T', '/'], does: 'Go to the symbol' },
  { action: 'size', keys: ['Alt+O'], does: 'Go to the lots or the risk' },
  { action: 'sl', keys: ['Alt+L'], does: 'Go to the stop loss' },
  { action: 'tp', keys: ['Alt+P'], does: 'Go to the take profit' },
  { action: 'help', keys: ['F1', '?'], does: 'Show this list' },
  { action: 'kill', keys: ['Ctrl+Shift+K'], does: 'Kill switch, at once and from anywhere' },
];

/** Keys that work only in their own place. */
export const localKeys: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['Tab'], does: 'Symbol, lots, unit, stop loss, take profit, Sell, Buy' },
  { keys: ['Enter'], does: 'Press the button; it fires only when you have moved to Fire yourself' },
  { keys: ['Esc'], does: 'Cancel the question; leave a field' },
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
  /** AltGr is held, which makes a character of a key. Some systems report it as Ctrl and Alt, some as Alt, some as neither. */
  altGraph: boolean;
  /** An input method makes a character of it. */
  composing: boolean;
}

/** Where the focus is: chords work in a field too, single keys are letters there; a dialog has keys of its own. */
export type FocusPlace = 'free' | 'field' | 'dialog';

/** The window's command for a key press; null: none. A key that is held down is no press. */
export function shortcutOf(press: KeyPress, place: FocusPlace): ShortcutAction | null {
  const { key, code, repeat, ctrl, shift, alt, meta, altGraph, composing } = press;
  if (repeat) return null;
  if (ctrl && shift && !alt && !meta && !altGraph && code === 'KeyK') return 'kill';
  if (place === 'dialog' || ctrl || meta || composing) return null;
  // A character is on its way: AltGr's, or one that a dead key begins.
  if (alt) return shift || altGraph || key === 'Dead' ? null : (chords[code] ?? null);
  if (code === 'F1' && !shift) return 'help';
  return place === 'free' ? singleKey(key) : null;
}

function singleKey(key: string): ShortcutAction | null {
  return key === '/' ? 'symbol' : key === '?' ? 'help' : null;
}
