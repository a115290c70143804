import { useEffect, useRef, useState, type ReactElement } from 'react';

/** A press has to be held so long, ms. */
const holdMs = 800;

/** A button that acts when it has been held: a click, or a key that is let go, does nothing. */
export function HoldButton({
  label,
  disabled = false,
  onHeld,
}: {
  label: string;
  disabled?: boolean;
  onHeld: () => void;
}): ReactElement {
  const [holding, setHolding] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const end = (): void => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    setHolding(false);
  };
  const begin = (): void => {
    if (disabled || timer.current !== null) return;
    setHolding(true);
    timer.current = setTimeout(() => {
      end();
      onHeld();
    }, holdMs);
  };
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return (
    <button
      type="button"
      data-confirm
      disabled={disabled}
      title="Hold it for a moment"
      className="relative inline-flex h-8 shrink-0 touch-none items-center justify-center overflow-hidden rounded-[6px] border-2 border-kill px-3 text-sm font-semibold text-kill-text select-none enabled:hover:bg-kill/20 disabled:opacity-50"
      onPointerDown={(event) => {
        if (event.button === 0) begin();
      }}
      onPointerUp={end}
      onPointerLeave={end}
      onPointerCancel={end}
      onContextMenu={(event) => {
        event.preventDefault();
      }}
      onBlur={end}
      onKeyDown={(event) => {
        if (!event.repeat && (event.key === ' ' || event.key === 'Enter')) begin();
      }}
      onKeyUp={end}
    >
      <span
        aria-hidden="true"
        className="absolute inset-y-0 left-0 bg-kill/40"
        style={{ width: holding ? '100%' : '0%', transition: holding ? `width ${String(holdMs)}ms linear` : 'none' }}
      />
      <span className="relative">{label}</span>
    </button>
  );
}
