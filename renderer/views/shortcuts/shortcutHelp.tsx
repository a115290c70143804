import type { ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { localKeys, shortcuts } from './shortcuts.ts';

/** Every key of the window. */
export function ShortcutHelp({ onClose }: { onClose: () => void }): ReactElement {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <div className="flex flex-col gap-3 px-5 py-4">
        <Keys title="Anywhere but in a field" rows={shortcuts} />
        <Keys title="In the ticket" rows={localKeys} />
      </div>
      <div className="flex justify-end border-t border-line px-5 py-3">
        <Button data-autofocus onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}

function Keys({
  title,
  rows,
}: {
  title: string;
  rows: readonly { keys: readonly string[]; does: string }[];
}): ReactElement {
  return (
    <section>
      <h3 className="mb-1 text-xs text-muted">{title}</h3>
      <dl className="grid grid-cols-[7.5rem_1fr] items-baseline gap-x-4 gap-y-1.5 text-sm">
        {rows.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1 whitespace-nowrap">
              {keys.map((key) => (
                <kbd key={key} className="rounded-[4px] border border-strong-line bg-raised px-1.5 font-mono text-xs">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
