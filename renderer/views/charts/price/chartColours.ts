const tokens = [
  ...(['text', 'muted', 'line', 'strong-line', 'panel', 'idle', 'focus'] as const),
  ...(['buy', 'sell', 'surface'] as const),
] as const;

export type ChartColours = Record<(typeof tokens)[number], string>;

/** The theme's colours for a canvas, which knows no custom properties. */
export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    tokens.map((token) => [token, style.getPropertyValue(`--${token}`).trim()]),
  ) as ChartColours;
}

/** A colour of the theme, `#rrggbb`, made translucent. @param share 0 to 1 */
export function translucent(colour: string, share: number): string {
  return `${colour}${Math.round(share * 255)
    .toString(16)
    .padStart(2, '0')}`;
}
