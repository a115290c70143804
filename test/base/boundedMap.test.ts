import { describe, expect, it } from 'vitest';
import { BoundedMap, BoundedSet } from '../../src/base/boundedMap.ts';

describe('BoundedMap', () => {
  it('drops the key that was added first once there are more than it may hold', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1).set('b', 2).set('c', 3);
    expect([...map]).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
  });

  it('keeps the place of a key that is set again, and gives a deleted one a new place', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1).set('b', 2).set('a', 3);
    expect([...map.keys()]).toEqual(['a', 'b']);
    map.delete('a');
    map.set('a', 4).set('c', 5);
    expect([...map.keys()]).toEqual(['a', 'c']);
  });

  it('drops a key that is falsy too', () => {
    const map = new BoundedMap<number, string>(1);
    map.set(0, 'none').set(1, 'one');
    expect([...map.keys()]).toEqual([1]);
  });
});

describe('BoundedSet', () => {
  it('drops the value that was added first, and no value that is added again', () => {
    const set = new BoundedSet<string>(2);
    set.add('a').add('b').add('a');
    expect([...set]).toEqual(['a', 'b']);
    set.add('c');
    expect([...set]).toEqual(['b', 'c']);
  });
});
