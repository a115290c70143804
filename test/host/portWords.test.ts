import { describe, expect, it } from 'vitest';
import { forbiddenWords, usualHolder } from '../../src/base/portWords.ts';

describe('a port that can not be had', () => {
  it('names who is known to take it', () => {
    expect(usualHolder(5555)).toBe(" Android's adb takes this port, too.");
    expect(usualHolder(5556)).toBe('');
  });

  it('is told apart: reserved by Windows, or for the system alone', () => {
    expect(forbiddenWords('win32', 5555)).toContain('reserved by Windows');
    expect(forbiddenWords('win32', 5555)).toContain('excludedportrange');
    expect(forbiddenWords('linux', 80)).toContain('below 1024');
    expect(forbiddenWords('linux', 5555)).not.toContain('1024');
  });
});
