import { memo, useId, type ReactElement } from 'react';
import type { Span } from '../../store/chartView.ts';
import type { ChartLook } from './chartKinds.ts';
import { xOf, yOf, type ChartScale } from './chartScale.ts';

/** Width below which a shaded time has no room for its word, px; the crosshair shows it. */
const wordRoom = 78;
/** Width below which the word runs downwards, px. */
const uprightRoom = 16;
const visiblePx = 2;

/** Behind the lines: bands of warning, limits, times without telemetry and times when the broker is closed. */
export const Backdrop = memo(function Backdrop({
  look,
  scale,
  gaps,
  closed,
  width,
}: {
  look: ChartLook;
  scale: ChartScale;
  gaps: Span[];
  closed: Span[];
  /** Size of the plot, px. */
  width: number;
}): ReactElement {
  return (
    <>
      {look.bands.map((band, index) => (
        <Band key={index} from={band.from} to={band.to} colour={band.colour} scale={scale} />
      ))}
      {closed.map((span) => (
        <Shade key={`closed ${String(span.from)}`} span={span} scale={scale} width={width} word="market closed" plain />
      ))}
      {gaps.map((span) => (
        <Shade key={`gap ${String(span.from)}`} span={span} scale={scale} width={width} word="no telemetry" />
      ))}
      {look.rules.map(({ value, text }) => (
        <Rule key={text} value={value} scale={scale} />
      ))}
    </>
  );
});

/** Names of the limits, above the lines and the grid, so that nothing strikes them through. */
export function RuleNames({ look, scale }: { look: ChartLook; scale: ChartScale }): ReactElement[] {
  return look.rules.flatMap(({ value, text }) => {
    const y = yOf(scale, value);
    return text === '' || y < 0 || y > 1
      ? []
      : [
          <span
            key={text}
            className="absolute left-1 -translate-y-full rounded-[3px] bg-panel px-0.5 text-[0.6875rem] leading-3.5 text-muted"
            style={{ top: percent(y) }}
          >
            {text}
          </span>,
        ];
  });
}

function Band({ from, to, colour, scale }: { from: number; to: number; colour: string; scale: ChartScale }) {
  const top = clamp(yOf(scale, to));
  const bottom = clamp(yOf(scale, from));
  if (bottom <= top) return null;
  return (
    <div
      className="absolute inset-x-0 opacity-[0.13]"
      style={{ top: percent(top), height: percent(bottom - top), background: colour }}
    />
  );
}

function Rule({ value, scale }: { value: number; scale: ChartScale }): ReactElement | null {
  const y = yOf(scale, value);
  if (y < 0 || y > 1) return null;
  return <div className="absolute inset-x-0 border-t border-dashed border-strong-line" style={{ top: percent(y) }} />;
}

function Shade({
  span,
  scale,
  width,
  word,
  plain = false,
}: {
  span: Span;
  scale: ChartScale;
  width: number;
  word: string;
  plain?: boolean;
}): ReactElement | null {
  const pattern = useId();
  const left = clamp(xOf(scale, span.from));
  const share = clamp(xOf(scale, span.to)) - left;
  if (share * width < visiblePx) return null;
  return (
    <div className="absolute inset-y-0 overflow-hidden" style={{ left: percent(left), width: percent(share) }}>
      <svg className="absolute inset-0 h-full w-full" aria-hidden="true">
        {plain ? (
          <rect width="100%" height="100%" fill="var(--idle)" opacity="0.14" />
        ) : (
          <>
            <pattern id={pattern} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line x1="0" y1="0" x2="0" y2="8" stroke="var(--idle)" strokeWidth="2" opacity="0.4" />
            </pattern>
            <rect width="100%" height="100%" fill={`url(#${pattern})`} />
          </>
        )}
      </svg>
      {share * width >= uprightRoom && (
        <span
          className={`absolute top-1 left-1/2 -translate-x-1/2 rounded-[3px] bg-panel px-0.5 text-[0.6875rem] leading-3.5 whitespace-nowrap text-muted ${share * width < wordRoom ? '[writing-mode:vertical-rl]' : ''}`}
        >
          {word}
        </span>
      )}
    </div>
  );
}

function clamp(part: number): number {
  return Math.min(Math.max(part, 0), 1);
}

function percent(part: number): string {
  return `${String(part * 100)}%`;
}
