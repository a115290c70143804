import { useEffect, useRef, type RefObject } from 'react';
import type { Span } from '../../store/chartView.ts';
import { plotRoom, type PlotRoom } from './chartScale.ts';
import { textZoom } from './useSize.ts';

export interface GestureActions {
  /** @param by fraction of the span's length; below 0 is earlier */
  pan: (from: Span, by: number) => void;
  /** @param anchor fixed point of the zoom, 0 to 1 from the left */
  zoom: (factor: number, anchor: number) => void;
  /** @param at null: the pointer has left */
  point: (at: number | null) => void;
}

const wheelFactor = 1.0015;
/** Height of a line for wheels that count in lines, px. */
const linePx = 16;

/** Drag and shift + wheel pan, the wheel zooms, a pointer that hovers points. */
export function useGestures(ref: RefObject<HTMLElement | null>, span: Span, actions: GestureActions): void {
  const latest = useRef({ span, actions });
  useEffect(() => {
    latest.current = { span, actions };
  });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    let drag: { x: number; span: Span } | null = null;
    let frame = 0;
    const once = (action: () => void): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(action);
    };
    const room = (): PlotRoom => plotRoom({ width: element.clientWidth, zoom: textZoom() });
    const width = (): number => Math.max(1, element.clientWidth - room().left - room().right);
    const partAt = (event: MouseEvent): number =>
      Math.min(Math.max((event.clientX - element.getBoundingClientRect().left - room().left) / width(), 0), 1);
    const down = (event: PointerEvent): void => {
      // A captured pointer would take a mark's own click from it.
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('[data-mark]'))) return;
      drag = { x: event.clientX, span: latest.current.span };
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      const part = partAt(event);
      once(() => {
        const { span: shown, actions: act } = latest.current;
        if (drag === null) act.point(shown.from + part * (shown.to - shown.from));
        else act.pan(drag.span, (drag.x - event.clientX) / width());
      });
    };
    const up = (): void => {
      drag = null;
    };
    const leave = (): void => {
      once(() => {
        latest.current.actions.point(null);
      });
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : linePx;
      const { span: shown, actions: act } = latest.current;
      const sideways = event.shiftKey ? event.deltaX + event.deltaY : event.deltaX;
      if (sideways !== 0) act.pan(shown, (sideways * unit) / width());
      else act.zoom(wheelFactor ** (event.deltaY * unit), partAt(event));
    };
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    element.addEventListener('pointerleave', leave);
    // React's own wheel listeners can't prevent the page from scrolling.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('wheel', wheel);
    };
  }, [ref]);
}
