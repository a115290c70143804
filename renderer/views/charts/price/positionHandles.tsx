import { useCallback, useEffect, useRef, useState, type PointerEvent, type ReactElement } from 'react';
import type { OpenPosition } from '../../../../src/domain/positions/openTrades.ts';
import type { StopKind } from '../../../../src/domain/sizing/stops.ts';
import { formatPrice } from '../../../format.ts';
import { holdDrawings } from '../../../store/drawing.ts';
import type { PriceChart } from './priceChart.ts';
import { type DragGround, stopPriceAt } from './stopDrag.ts';

const names: Record<StopKind, string> = { sl: 'Stop loss', tp: 'Take profit' };
const shortNames: Record<StopKind, string> = { sl: 'SL', tp: 'TP' };
const colours: Record<StopKind, string> = { sl: 'var(--down)', tp: 'var(--live)' };
const kinds = ['sl', 'tp'] as const;
/** Distance of a handle from the plot's edge where its price lies beyond, px. */
const edgePx = 9;

interface Held {
  key: string;
  price: number;
}

/** A stop of a position as a handle on its line. */
interface Handle {
  key: string;
  position: OpenPosition;
  kind: StopKind;
  price: number;
}

/**
 * Handles on the lines of positions' stops. One that is dragged, or pressed, asks for the position's stops: nothing is sent from
 * the chart.
 */
export function PositionHandles({
  chart,
  onDraw,
  positions,
  ground,
  onMoved,
}: {
  chart: PriceChart;
  /** Calls a listener before each drawing of the chart. */
  onDraw: (listener: () => void) => () => void;
  positions: readonly OpenPosition[];
  ground: DragGround;
  /** @param price where it was dropped; null: it was pressed */
  onMoved: (position: OpenPosition, kind: StopKind, price: number | null) => void;
}): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const handles = positions.flatMap((position) =>
    kinds.flatMap((kind): Handle[] => {
      const price = position[kind];
      return price === null || price === 0 ? [] : [{ key: `${position.position} ${kind}`, position, kind, price }];
    }),
  );
  const prices = handles.map(({ key, price }) => (held?.key === key ? held.price : price));
  const place = useCallback((): void => {
    const { width, height } = chart.plotSize();
    box.current?.style.setProperty('width', `${String(width)}px`);
    for (const element of box.current?.querySelectorAll<HTMLElement>('[data-price]') ?? []) {
      const y = chart.yOf(Number(element.dataset['price']));
      const at = Math.min(Math.max(y ?? 0, edgePx), height - edgePx);
      element.style.transform = `translateY(${String(Math.round(at))}px)`;
      element.hidden = y === null || y < 0 || y > height;
    }
  }, [chart]);
  useEffect(() => {
    place();
    return onDraw(place);
  });
  return (
    <div ref={box} className="pointer-events-none absolute inset-y-0 left-0 z-10 overflow-hidden [contain:strict]">
      {handles.map((handle, index) => (
        <StopHandle
          key={handle.key}
          chart={chart}
          handle={handle}
          price={prices[index] ?? handle.price}
          isHeld={held?.key === handle.key}
          ground={ground}
          onHold={setHeld}
          onMoved={onMoved}
        />
      ))}
    </div>
  );
}

function StopHandle({
  chart,
  handle: { key, position, kind, price: stop },
  price,
  isHeld,
  ground,
  onHold,
  onMoved,
}: {
  chart: PriceChart;
  handle: Handle;
  price: number;
  isHeld: boolean;
  ground: DragGround;
  onHold: (held: Held | null) => void;
  onMoved: (position: OpenPosition, kind: StopKind, price: number | null) => void;
}): ReactElement {
  const name = `${names[kind]} of position ${position.position}`;
  const latest = useRef(ground);
  useEffect(() => {
    latest.current = ground;
  });
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    // A second finger holds no line.
    if (event.button !== 0 || !event.isPrimary) return;
    const element = event.currentTarget;
    const grip = event.clientY - (chart.yOf(stop) ?? 0);
    let dropped: number | null = null;
    const move = ({ clientY, pointerId }: globalThis.PointerEvent): void => {
      const at = pointerId === event.pointerId ? chart.priceAt(clientY - grip) : null;
      if (at === null) return;
      const stands = stopPriceAt(at, kind, position.side, latest.current);
      dropped = stands === stop ? null : stands;
      onHold({ key, price: stands });
    };
    const release = (): void => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointercancel', cancel);
      element.removeEventListener('lostpointercapture', drop);
      globalThis.removeEventListener('keydown', press, true);
      chart.hold(false);
      onHold(null);
      resume();
    };
    const drop = (): void => {
      release();
      if (dropped !== null) onMoved(position, kind, dropped);
    };
    // A press that the system takes away, and Escape, put the line back.
    const cancel = (): void => {
      dropped = null;
      release();
    };
    const press = (pressed: globalThis.KeyboardEvent): void => {
      if (pressed.key !== 'Escape') return;
      pressed.preventDefault();
      pressed.stopPropagation();
      cancel();
    };
    const resume = holdDrawings();
    chart.hold(true);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointercancel', cancel);
    element.addEventListener('lostpointercapture', drop);
    globalThis.addEventListener('keydown', press, true);
    element.setPointerCapture(event.pointerId);
  };
  return (
    <div data-price={price} className="absolute inset-x-0 top-0">
      {isHeld && <div className="border-t border-solid" style={{ borderColor: colours[kind] }} />}
      <button
        type="button"
        aria-label={name}
        aria-haspopup="dialog"
        title={`${name}: drag it, and confirm where it is to stand`}
        onPointerDown={onPointerDown}
        onClick={(event) => {
          // A click of a key alone: a pointer drags.
          if (event.detail === 0) onMoved(position, kind, null);
        }}
        className="figures pointer-events-auto absolute -top-2 left-1 h-4 cursor-ns-resize touch-none rounded-[3px] border border-dotted border-current bg-panel px-1 text-[0.6875rem] leading-3.5 font-medium"
        style={{ color: colours[kind] }}
      >
        {shortNames[kind]}
        {isHeld && ` ${formatPrice(price, ground.digits)}`}
      </button>
    </div>
  );
}
