import type { ReactElement, ReactNode } from 'react';

const tones = {
  plain: 'border-line text-muted',
  demo: 'border-strong-line text-text',
  live: 'border-live-account bg-live-account/15 text-live-account',
  paper: 'border-paper bg-paper/15 text-paper',
} as const;

/** A short word in a frame. */
export function Chip({
  tone,
  title,
  children,
}: {
  tone: keyof typeof tones;
  title?: string;
  children: ReactNode;
}): ReactElement {
  return (
    <span title={title} className={`rounded-[4px] border px-1.5 text-xs font-semibold tracking-wide ${tones[tone]}`}>
      {children}
    </span>
  );
}
