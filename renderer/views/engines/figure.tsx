import type { ReactElement, ReactNode } from 'react';

/** A figure of fixed width, so that the next one doesn't jump. */
export function Figure({
  name,
  wide = false,
  children,
}: {
  name: string;
  wide?: boolean;
  children: ReactNode;
}): ReactElement {
  return (
    <div className={wide ? 'min-w-[6.25rem]' : 'min-w-[3.25rem]'}>
      <dt className="text-xs whitespace-nowrap text-muted">{name}</dt>
      <dd className="font-medium whitespace-nowrap">{children}</dd>
    </div>
  );
}
