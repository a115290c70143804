import { LoaderCircle } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';

const everyMs = 100;

/** Elapsed time of a wait. Not read aloud: the state beside it is. */
export function Waiting(): ReactElement {
  const [began] = useState(() => performance.now());
  const [now, setNow] = useState(began);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(performance.now());
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <span aria-hidden="true" className="figures inline-flex items-center gap-1 text-xs text-muted">
      <LoaderCircle className="size-3.5 motion-safe:animate-spin" />
      waiting {((now - began) / 1_000).toFixed(1)} s
    </span>
  );
}
