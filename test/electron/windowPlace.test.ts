import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reachableBounds } from '../../electron/windowPlace.ts';
import { openWindowPlaces } from '../../electron/windowPlaces.ts';
import { tempDir } from '../support/tempDir.ts';

const main = { x: 0, y: 0, width: 1920, height: 1040 };
const left = { x: -2560, y: 0, width: 2560, height: 1400 };

describe('where a window opens again', () => {
  const bounds = { x: 100, y: 80, width: 1280, height: 800 };

  it('is where it was, on whatever display that is', () => {
    expect(reachableBounds(bounds, [main])).toEqual(bounds);
    expect(reachableBounds({ ...bounds, x: -2000 }, [main, left])).toEqual({ ...bounds, x: -2000 });
    expect(reachableBounds({ ...bounds, x: -1100 }, [main])).toEqual({ ...bounds, x: -1100 });
  });

  it.each([
    ['its display is gone', { ...bounds, x: -2000 }],
    ['only a sliver of it would show', { ...bounds, x: 1900 }],
    ['its title bar is above the display', { ...bounds, y: -40 }],
    ['its title bar is below the display', { ...bounds, y: 1030 }],
  ])('is the usual place when %s', (_why, lost) => {
    expect(reachableBounds(lost, [main])).toBeNull();
  });

  it('is no larger than the display of now', () => {
    expect(reachableBounds({ ...bounds, width: 3000, height: 2000 }, [main])).toEqual({
      x: 100,
      y: 80,
      width: 1920,
      height: 1040,
    });
  });
});

describe('windows.json', () => {
  const place = { bounds: { x: 1, y: 2, width: 800, height: 640 }, maximized: true };

  it('brings the places back at the next start', () => {
    const { path, remove } = tempDir();
    const loggedErrors: string[] = [];
    const places = openWindowPlaces(path, (sentence) => loggedErrors.push(sentence));
    expect(places.get('desk')).toBeNull();
    places.set('desk', place);
    expect(openWindowPlaces(path, (sentence) => loggedErrors.push(sentence)).get('desk')).toEqual(place);
    expect(loggedErrors).toEqual([]);
    remove();
  });

  it.each(['{"desk":', '{"desk":{"bounds":{"x":"1"}},"ticket":null}', '[]', 'null'])(
    'with %s in it is told of and costs the places alone',
    (text) => {
      const { path, remove } = tempDir();
      writeFileSync(join(path, 'windows.json'), text);
      const loggedErrors: string[] = [];
      const places = openWindowPlaces(path, (sentence) => loggedErrors.push(sentence));
      expect(places.get('desk')).toBeNull();
      expect(loggedErrors).toHaveLength(1);
      places.set('ticket', place);
      expect(readFileSync(join(path, 'windows.json'), 'utf8')).toContain('"width":800');
      remove();
    },
  );

  it('that cannot be written is told of and stops nothing', () => {
    const loggedErrors: string[] = [];
    openWindowPlaces('/nowhere/at/all', (sentence) => loggedErrors.push(sentence)).set('desk', place);
    expect(loggedErrors).toHaveLength(1);
  });
});
