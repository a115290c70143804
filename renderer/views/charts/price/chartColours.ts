import { ColorType, LineStyle, type ChartOptions, type DeepPartial } from 'lightweight-charts';
import { textZoom } from '../useSize.ts';

const fontPx = 11;
const tokens = [
  ...(['text', 'muted', 'line', 'strong-line', 'panel', 'idle', 'focus'] as const),
  ...(['buy', 'sell', 'on-trade', 'live', 'down'] as const),
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

/** Options of the chart by the theme and the text's size. */
export function themeOptions(colours: ChartColours): DeepPartial<ChartOptions> {
  const { muted, line, panel, 'strong-line': strong } = colours;
  const crosshair = { color: strong, labelBackgroundColor: strong };
  return {
    layout: {
      background: { type: ColorType.Solid, color: panel },
      textColor: muted,
      // The one face of the app whose figures all have the same width on a canvas too.
      fontFamily: "'JetBrains Mono Variable', Consolas, monospace",
      fontSize: fontPx * textZoom(),
    },
    grid: {
      vertLines: { color: line, style: LineStyle.Dotted },
      horzLines: { color: line, style: LineStyle.Dotted },
    },
    crosshair: { vertLine: crosshair, horzLine: crosshair },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line },
  };
}
