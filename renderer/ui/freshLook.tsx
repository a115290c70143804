import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';

/** A look at an order lasts so long after the last pointer, key or focus event in its dialog, in ms. */
const freshMs = 10_000;
/** A look can be answered after this time, in ms. */
const settleMs = 400;
/** Events closer to each other than this count as one, in ms. */
const touchMs = 250;

/** A person's look at what a dialog shows. */
export interface FreshLook {
  fresh: boolean;
  /** Number of this look; each is of the figures that stood there when it began. */
  look: number;
  /** False for a moment after it began: the second click of a double click is no answer. */
  settled: boolean;
  /** When it was last kept alive, by the page's clock. */
  touchedAt: number;
  /** Keeps the look alive; one that has ended stays ended. */
  touch: () => void;
  /** Begins a new look at the figures of now. */
  renew: () => void;
  /** Ends a look that the machine slept through. True: it had ended. */
  endIfSlept: () => boolean;
}

type Look = Omit<FreshLook, 'touch' | 'renew' | 'endIfSlept'>;

function firstLook(): Look {
  return { fresh: true, look: 0, settled: false, touchedAt: performance.now() };
}

/** @param expires false: the look never ends */
export function useFreshLook(expires: boolean): FreshLook {
  const [state, setState] = useState(firstLook);
  const last = useRef(state.touchedAt);
  /** The same by the wall clock, which goes on while the machine sleeps. */
  const lastWall = useRef<number | null>(null);
  useEffect(() => {
    lastWall.current = Date.now();
  }, []);
  const end = useCallback(() => {
    setState((now) => (now.fresh ? { ...now, fresh: false } : now));
  }, []);
  const { fresh, settled, touchedAt } = state;
  useEffect(() => {
    if (settled) return undefined;
    const timer = setTimeout(() => {
      setState((now) => ({ ...now, settled: true }));
    }, settleMs);
    return () => {
      clearTimeout(timer);
    };
  }, [settled]);
  useEffect(() => {
    if (!expires || !fresh) return undefined;
    const timer = setTimeout(end, Math.max(0, touchedAt + freshMs - performance.now()));
    globalThis.addEventListener('blur', end);
    return () => {
      clearTimeout(timer);
      globalThis.removeEventListener('blur', end);
    };
  }, [expires, fresh, touchedAt, end]);
  return {
    ...state,
    endIfSlept: () => {
      const slept = expires && lastWall.current !== null && Date.now() - lastWall.current > freshMs + touchMs;
      if (slept) end();
      return slept;
    },
    touch: () => {
      const now = performance.now();
      if (now - last.current < touchMs) return;
      last.current = now;
      lastWall.current = Date.now();
      setState((before) => (before.fresh ? { ...before, touchedAt: now } : before));
    },
    renew: () => {
      const now = performance.now();
      last.current = now;
      lastWall.current = Date.now();
      setState(({ look }) => ({ fresh: true, look: look + 1, settled: false, touchedAt: now }));
    },
  };
}

/** Bar of the time that the look has left. */
export function FreshBar({ look: { fresh, touchedAt } }: { look: FreshLook }): ReactElement {
  return (
    <div aria-hidden="true" className="h-1 overflow-hidden bg-line" data-testid="fresh-bar">
      {fresh && (
        <div
          key={touchedAt}
          className="fresh-left h-full bg-focus"
          style={{ animationDuration: `${String(freshMs)}ms` }}
        />
      )}
    </div>
  );
}

const LookNumber = createContext(0);

export function LookAt({ look, children }: { look: number; children: ReactNode }): ReactElement {
  return <LookNumber value={look}>{children}</LookNumber>;
}

/** A figure of now, marked where it differs from what stood there when the look began. */
export function LiveFigure({ text }: { text: string }): ReactElement {
  const look = useContext(LookNumber);
  const [first, setFirst] = useState({ look, text });
  if (first.look !== look) setFirst({ look, text });
  const was = first.look === look && first.text !== text ? first.text : null;
  return (
    <>
      <span className={was === null ? 'figures' : 'figures text-quiet'}>{text}</span>
      {was !== null && <span className="figures ml-2 text-xs font-normal text-muted">was {was}</span>}
    </>
  );
}
