import type { ReactElement } from 'react';

/** A cell without a figure. */
export function Nothing({ why }: { why?: string }): ReactElement {
  return (
    <span title={why} className="text-muted">
      –
    </span>
  );
}
