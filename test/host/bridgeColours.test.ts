import { describe, expect, it } from 'vitest';
import { distinctColours } from '../../src/host/config/bridgeColours.ts';

const given = (...colours: string[]): string[] => {
  const bridges = colours.map((colour) => ({ colour }));
  distinctColours(bridges);
  return bridges.map(({ colour }) => colour);
};

describe('the colours of bridges', () => {
  it('stay as they are set where they differ', () => {
    expect(given('#3b82f6', '#d97706')).toEqual(['#3b82f6', '#d97706']);
  });

  it('are another where an earlier bridge has the same', () => {
    const colours = given('#3b82f6', '#3B82F6', '#10b981', '#3b82f6');
    expect(colours.slice(0, 1)).toEqual(['#3b82f6']);
    expect(new Set(colours.map((colour) => colour.toLowerCase())).size).toBe(4);
  });

  it('are as many as bridges can be', () => {
    expect(new Set(given(...Array.from({ length: 40 }, () => '#3b82f6'))).size).toBe(40);
  });
});
