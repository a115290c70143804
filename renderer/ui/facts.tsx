import type { ReactElement, ReactNode } from 'react';

/** Names and values in two columns. */
export function Facts({ children }: { children: ReactNode }): ReactElement {
  return <dl className="grid grid-cols-[112px_1fr] gap-x-3 gap-y-1 text-sm">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 font-medium break-words">{children}</dd>
    </>
  );
}
