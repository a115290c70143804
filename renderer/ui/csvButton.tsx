import { Download } from 'lucide-react';
import type { ReactElement } from 'react';

/** Saves what is on screen as a CSV file. */
export function CsvButton({
  title,
  disabled = false,
  className = '',
  onClick,
}: {
  title: string;
  disabled?: boolean;
  className?: string;
  onClick: () => void;
}): ReactElement {
  return (
    <button
      type="button"
      aria-label="Export CSV"
      title={title}
      disabled={disabled}
      onClick={onClick}
      className={`inline-flex h-7 shrink-0 items-center gap-1 rounded-[6px] border border-line bg-raised px-2 text-xs enabled:hover:border-strong-line disabled:opacity-50 ${className}`}
    >
      <Download className="size-3.5" aria-hidden="true" />
      CSV
    </button>
  );
}
