import { OctagonAlert } from 'lucide-react';
import type { ReactElement } from 'react';

/** A danger, in red. */
export function DangerNotice({ text }: { text: string }): ReactElement {
  return (
    <p className="flex items-center gap-2 rounded-[6px] border border-down bg-down/10 px-3 py-2 text-sm font-medium text-down">
      <OctagonAlert className="size-4 shrink-0" aria-hidden="true" />
      <span className="min-w-0">{text}</span>
    </p>
  );
}
