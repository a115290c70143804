import { afterEach, describe, expect, it, vi } from 'vitest';
import { store, stored } from '../../renderer/store/browserStorage.ts';
import { fakeStorage } from './fakeStorage.ts';

afterEach(() => vi.unstubAllGlobals());

describe('what the browser keeps', () => {
  it('is there until it is taken back', () => {
    fakeStorage();
    expect(stored('a')).toBeNull();
    store('a', 'text');
    expect(stored('a')).toBe('text');
    store('a', null);
    expect(stored('a')).toBeNull();
  });

  it('is nothing where there is no room: an older text does not come back', () => {
    const items = fakeStorage();
    store('a', 'old');
    vi.spyOn(globalThis.localStorage, 'setItem').mockImplementation(() => {
      throw new Error('QuotaExceededError');
    });
    store('a', 'new');
    expect(stored('a')).toBeNull();
    expect(items.size).toBe(0);
  });

  it('is nothing where it is forbidden', () => {
    vi.stubGlobal('localStorage', {
      get getItem(): never {
        throw new Error('SecurityError');
      },
    });
    store('a', 'text');
    expect(stored('a')).toBeNull();
  });
});
