import type { ReactElement, ReactNode } from 'react';

/** A warning that stands above the content it concerns. */
export function Notice({
  icon,
  action,
  children,
}: {
  icon: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}): ReactElement {
  return (
    <div className="flex shrink-0 items-center gap-3 rounded-[6px] border border-strong-line bg-raised px-3 py-2">
      {icon}
      <p className="min-w-0 flex-1 text-sm break-words">{children}</p>
      {action}
    </div>
  );
}
