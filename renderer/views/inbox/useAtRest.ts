import { useEffect, useState } from 'react';

/** How long a row must have stood in its place, ms, until its buttons act: a click before was meant for what was there. */
const restMs = 1_000;

/** Whether a row has stood in its place for a second. @param place changes when the row moves */
export function useAtRest(place: number): boolean {
  const [restingAt, setRestingAt] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRestingAt(place);
    }, restMs);
    return () => {
      clearTimeout(timer);
    };
  }, [place]);
  return restingAt === place;
}
