import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { StopKind } from '../../../../src/domain/sizing/stops.ts';
import type { PriceChart } from './priceChart.ts';
import { stopPriceAt } from './stopDrag.ts';
import type { TicketLines } from './stopLines.ts';

/** A line that is being dragged. */
interface Drag {
  kind: StopKind;
  pointer: number;
  /** The field's text before. */
  former: string;
  /** Position of the pointer, px from the plot's top. */
  y: number;
  /** Text written last. */
  written: string;
}

export interface LineDrag {
  /** The line that is being dragged; null: none. */
  dragged: StopKind | null;
  onPointerDown: (kind: StopKind, event: PointerEvent<HTMLElement>) => void;
  onKeyDown: (kind: StopKind, event: KeyboardEvent<HTMLElement>) => void;
  /** Notes the field's text for Escape. */
  onFocus: (kind: StopKind) => void;
  /** Writes what the line that is being dragged says at the current prices. */
  follow: () => void;
}

/** Points moved by one press of an arrow key, and with Shift. */
const step = 1;
const leap = 10;

/**
 * Moves stops of the ticket by pointer and keys. It only writes texts into the ticket; Escape writes the former one.
 * @param lines null: there is no price, so nothing moves
 */
export function useLineDrag(
  chart: PriceChart | null,
  lines: TicketLines | null,
  texts: Record<StopKind, string>,
  write: (kind: StopKind, text: string) => void,
): LineDrag {
  const [dragged, setDragged] = useState<StopKind | null>(null);
  const drag = useRef<Drag | null>(null);
  const focused = useRef<Record<StopKind, string>>({ sl: '', tp: '' });
  const latest = useRef({ chart, lines, texts, write });
  useEffect(() => {
    latest.current = { chart, lines, texts, write };
  });

  const follow = useCallback((): void => {
    const { chart: drawn, lines: shown, write: put } = latest.current;
    const now = drag.current;
    if (now === null || drawn === null || shown === null) return;
    const price = drawn.priceAt(now.y);
    const line = shown[now.kind];
    if (price === null) return;
    const text = shown.textAt(line, stopPriceAt(price, now.kind, line.side, shown.ground));
    if (text === null || text === now.written) return;
    now.written = text;
    put(now.kind, text);
  }, []);

  const onPointerDown = useCallback(
    (kind: StopKind, event: PointerEvent<HTMLElement>): void => {
      const { chart: drawn, lines: shown, texts: typed } = latest.current;
      if (event.button !== 0 || drawn === null || shown?.[kind].problem !== null) return;
      const handle = event.currentTarget;
      const top = handle.closest('[data-plot]')?.getBoundingClientRect().top ?? 0;
      // The line keeps its distance from the pointer, so that a press alone moves nothing.
      const stands = drawn.yOf(shown[kind].price ?? shown.entry) ?? event.clientY - top;
      const grip = event.clientY - stands;
      drag.current = { kind, pointer: event.pointerId, former: typed[kind], y: stands, written: typed[kind] };
      handle.setPointerCapture(event.pointerId);
      drawn.hold(true);
      setDragged(kind);
      let frame = 0;
      const move = (moved: globalThis.PointerEvent): void => {
        if (drag.current === null) return;
        drag.current.y = moved.clientY - grip;
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(follow);
      };
      const end = (): void => {
        cancelAnimationFrame(frame);
        follow();
        drag.current = null;
        handle.removeEventListener('pointermove', move);
        handle.removeEventListener('lostpointercapture', end);
        globalThis.removeEventListener('keydown', cancel, true);
        latest.current.chart?.hold(false);
        setDragged(null);
      };
      const cancel = (pressed: globalThis.KeyboardEvent): void => {
        const now = drag.current;
        if (pressed.key !== 'Escape' || now === null) return;
        pressed.preventDefault();
        pressed.stopPropagation();
        drag.current = null;
        latest.current.write(kind, now.former);
        handle.releasePointerCapture(now.pointer);
      };
      handle.addEventListener('pointermove', move);
      handle.addEventListener('lostpointercapture', end);
      globalThis.addEventListener('keydown', cancel, true);
    },
    [follow],
  );

  const onKeyDown = useCallback((kind: StopKind, event: KeyboardEvent<HTMLElement>): void => {
    const { lines: shown, write: put } = latest.current;
    if (event.key === 'Escape') {
      put(kind, focused.current[kind]);
      event.preventDefault();
      return;
    }
    const up = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (up === 0 || shown === null) return;
    event.preventDefault();
    const line = shown[kind];
    const points = up * (event.shiftKey ? leap : step);
    const price = (line.price ?? shown.entry) + points * shown.ground.point;
    const text = shown.textAt(line, stopPriceAt(price, kind, line.side, shown.ground));
    if (text !== null) put(kind, text);
  }, []);

  const onFocus = useCallback((kind: StopKind): void => {
    focused.current[kind] = latest.current.texts[kind];
  }, []);

  return { dragged, onPointerDown, onKeyDown, onFocus, follow };
}
