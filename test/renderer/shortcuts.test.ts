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
  ...changes,
});

describe('a key of the window', () => {
  it.each([
    ['t', 'symbol'],
    ['/', 'symbol'],
    ['T', 'symbol'],
    ['l', 'size'],
    ['b', 'buy'],
    ['s', 'sell'],
    ['?', 'help'],
    ['x', null],
    ['k', null],
    ['Enter', null],
  ])('%s is %s', (key, action) => {
    expect(shortcutOf(press(key), false)).toBe(action);
  });

  it('is none while it is held down, in a field or under a dialog, or with another key', () => {
    expect(shortcutOf(press('b', { repeat: true }), false)).toBeNull();
    expect(shortcutOf(press('b'), true)).toBeNull();
    for (const held of ['ctrl', 'alt', 'meta'] as const)
      expect(shortcutOf(press('b', { [held]: true }), false)).toBeNull();
  });

  it('stops trading from anywhere, once', () => {
    const kill = press('K', { ctrl: true, shift: true });
    expect([shortcutOf(kill, false), shortcutOf(kill, true)]).toEqual(['kill', 'kill']);
    expect(shortcutOf({ ...kill, repeat: true }, false)).toBeNull();
    expect(shortcutOf({ ...kill, shift: false }, false)).toBeNull();
    expect(shortcutOf({ ...kill, alt: true }, false)).toBeNull();
  });
});
