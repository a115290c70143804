import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { StopKind } from '../../../../src/domain/sizing/stops.ts';
import { drawWithin, holdDrawings } from '../../../store/drawing.ts';
import { holdStop } from '../../ticket/form/heldStop.ts';
import type { PriceChart } from './priceChart.ts';
import { stopPriceAt } from './stopDrag.ts';
import type { TicketLines } from './stopLines.ts';

/** A line in the hand. */
export interface HeldLine {
  kind: StopKind;
  price: number;
}

export interface LineDrag {
  /** Null: no line is dragged. */
  held: HeldLine | null;
  onPointerDown: (kind: StopKind, event: PointerEvent<HTMLElement>) => void;
  onKeyDown: (kind: StopKind, event: KeyboardEvent<HTMLElement>) => void;
  /** Notes the field's text for Escape. */
  onFocus: (kind: StopKind) => void;
  /** Moves the line in the hand to where the pointer is at the current prices. */
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
  chart: PriceChart,
  lines: TicketLines,
  texts: Record<StopKind, string>,
  write: (kind: StopKind, text: string) => void,
): LineDrag {
  const [held, setHeld] = useState<HeldLine | null>(null);
  const moved = useRef<() => void>(() => undefined);
  const end = useRef<(text: string | null) => void>(() => undefined);
  const focused = useRef<Record<StopKind, string>>({ sl: '', tp: '' });
  const latest = useRef({ lines, texts, write });
  useEffect(() => {
    latest.current = { lines, texts, write };
  });
  // A chart that is taken away leaves no line in the hand.
  useEffect(
    () => () => {
      end.current(null);
    },
    [],
  );
  const follow = useCallback((): void => {
    moved.current();
  }, []);

  const onPointerDown = (kind: StopKind, event: PointerEvent<HTMLElement>): void => {
    const { price, problem } = lines[kind];
    // A second finger holds no line.
    if (event.button !== 0 || !event.isPrimary || problem !== null) return;
    const handle = event.currentTarget;
    const former = texts[kind];
    // The line keeps its distance from the pointer, so that a press alone moves nothing.
    let y = chart.yOf(price ?? lines.entry) ?? 0;
    const grip = event.clientY - y;
    let [text, written, frame] = [former, former, 0];
    const commit = (): void => {
      if (text !== written) latest.current.write(kind, text);
      written = text;
    };
    const follows = (): void => {
      const { lines: now } = latest.current;
      const at = chart.priceAt(y);
      if (at === null) return;
      const stands = stopPriceAt(at, kind, now[kind].side, now.ground);
      const typed = now.textAt(now[kind], stands);
      if (typed === null || typed === text) return;
      text = typed;
      setHeld({ kind, price: stands });
      holdStop({ kind, text });
      drawWithin(0, commit);
    };
    const move = ({ clientY, pointerId }: globalThis.PointerEvent): void => {
      if (pointerId !== event.pointerId) return;
      y = clientY - grip;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(follows);
    };
    const finish = (put: string): void => {
      cancelAnimationFrame(frame);
      text = put;
      commit();
      release();
    };
    const drop = (): void => {
      follows();
      finish(text);
    };
    // A press that the system takes away, as for a palm on the screen, puts the line back.
    const cancel = (): void => {
      finish(former);
    };
    // Whatever a key does, it does to what is on screen.
    const press = (pressed: globalThis.KeyboardEvent): void => {
      if (pressed.key !== 'Escape') {
        commit();
        return;
      }
      pressed.preventDefault();
      pressed.stopPropagation();
      finish(former);
    };
    const resume = holdDrawings();
    const release = (): void => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointercancel', cancel);
      handle.removeEventListener('lostpointercapture', drop);
      globalThis.removeEventListener('keydown', press, true);
      moved.current = () => undefined;
      end.current = () => undefined;
      chart.hold(false);
      holdStop(null);
      setHeld(null);
      resume();
    };
    moved.current = follows;
    end.current = (put) => {
      finish(put ?? text);
    };
    chart.hold(true);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointercancel', cancel);
    handle.addEventListener('lostpointercapture', drop);
    globalThis.addEventListener('keydown', press, true);
    handle.setPointerCapture(event.pointerId);
  };

  const onKeyDown = (kind: StopKind, event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Escape') {
      write(kind, focused.current[kind]);
      event.preventDefault();
      return;
    }
    const up = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (up === 0) return;
    event.preventDefault();
    const line = lines[kind];
    const points = up * (event.shiftKey ? leap : step);
    const price = (line.price ?? lines.entry) + points * lines.ground.point;
    const text = lines.textAt(line, stopPriceAt(price, kind, line.side, lines.ground));
    if (text !== null) write(kind, text);
  };

  const onFocus = (kind: StopKind): void => {
    focused.current[kind] = texts[kind];
  };

  return { held, onPointerDown, onKeyDown, onFocus, follow };
}
