import { useLayoutEffect, useState, type RefObject } from 'react';
import type { ChartSize } from './chartScale.ts';

/** Size of text as a multiple of the usual one. */
export function textZoom(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/** An element's size in px; null before it is known. */
export function useSize(ref: RefObject<HTMLElement | null>): ChartSize | null {
  const [size, setSize] = useState<ChartSize | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => {
      setSize({ width: element.clientWidth, height: element.clientHeight, zoom: textZoom() });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [ref]);
  return size;
}
