import { describe, expect, it } from 'vitest';
import { shortcutOf, type KeyPress } from '../../renderer/views/shortcuts/shortcuts.ts';

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: `Key${key.toUpperCase()}`,
  repeat: false,
  ctrl: false,
  shift: false,
  alt: false,
  meta: false,
  altGraph: false,
  composing: false,
  ...changes,
});
const chord = (key: string, changes: Partial<KeyPress> = {}): KeyPress => press(key, { alt: true, ...changes });

describe('a key of the window', () => {
  it.each([
    ['b', 'buy'],
    ['s', 'sell'],
    ['c', 'close'],
    ['t', 'symbol'],
    ['o', 'size'],
    ['l', 'sl'],
    ['p', 'tp'],
    ['x', null],
  ])('Alt and %s is %s, in a field too', (key, action) => {
    expect([shortcutOf(chord(key), 'free'), shortcutOf(chord(key), 'field')]).toEqual([action, action]);
    expect(shortcutOf(chord(key), 'dialog')).toBeNull();
  });

  it('goes by the place of the key, whatever the layout prints on it', () => {
    expect(shortcutOf(chord('и', { code: 'KeyB' }), 'free')).toBe('buy');
    expect(shortcutOf(chord('∫', { code: 'KeyB' }), 'free')).toBe('buy');
    expect(shortcutOf(chord('b', { code: 'KeyN' }), 'free')).toBeNull();
  });

  it('trades by no letter: what is typed into the window does nothing', () => {
    for (const key of ['y', 'e', 's', 'b', 'c', 't', 'l', 'Enter', ' '])
      expect(shortcutOf(press(key), 'free')).toBeNull();
  });

  it('goes to the symbol and shows the list by a sign, but not in a field', () => {
    expect([shortcutOf(press('/'), 'free'), shortcutOf(press('?', { shift: true }), 'free')]).toEqual([
      'symbol',
      'help',
    ]);
    expect([shortcutOf(press('/'), 'field'), shortcutOf(press('?'), 'field')]).toEqual([null, null]);
    expect(shortcutOf(press('F1', { code: 'F1' }), 'field')).toBe('help');
  });

  it('is none while it is held down, or with further keys such as AltGr', () => {
    expect(shortcutOf(chord('b', { repeat: true }), 'free')).toBeNull();
    for (const held of ['ctrl', 'meta', 'shift', 'altGraph'] as const)
      expect(shortcutOf(chord('b', { [held]: true }), 'free')).toBeNull();
  });

  it('is none while a character is made of it, by an input method or a dead key', () => {
    for (const place of ['free', 'field'] as const) {
      expect(shortcutOf(chord('b', { composing: true }), place)).toBeNull();
      expect(shortcutOf(chord('Dead', { code: 'KeyB' }), place)).toBeNull();
      expect(shortcutOf(press('F1', { code: 'F1', composing: true }), place)).toBeNull();
    }
    expect(shortcutOf(press('/', { composing: true }), 'free')).toBeNull();
    // AltGr makes the sign on some layouts.
    expect(shortcutOf(press('/', { altGraph: true }), 'free')).toBe('symbol');
  });

  it('stops trading from anywhere, once', () => {
    const kill = press('K', { ctrl: true, shift: true });
    for (const place of ['free', 'field', 'dialog'] as const) expect(shortcutOf(kill, place)).toBe('kill');
    expect(shortcutOf({ ...kill, repeat: true }, 'free')).toBeNull();
    expect(shortcutOf({ ...kill, shift: false }, 'free')).toBeNull();
    expect(shortcutOf({ ...kill, alt: true }, 'free')).toBeNull();
    expect(shortcutOf({ ...kill, altGraph: true }, 'free')).toBeNull();
    // Stopping is the safe direction, whatever is being typed.
    expect(shortcutOf({ ...kill, composing: true }, 'field')).toBe('kill');
  });
});
