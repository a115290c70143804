import { useId, type ReactElement, type ReactNode } from 'react';

/** A titled region on the surface. */
export function Panel({
  title,
  aside,
  className = '',
  children,
}: {
  title: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}): ReactElement {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`flex min-h-0 min-w-0 flex-col rounded-[6px] border border-line bg-panel ${className}`}
    >
      <header className="flex h-9 shrink-0 items-center justify-between gap-3 px-3">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
