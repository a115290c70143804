import { Check, Copy } from 'lucide-react';
import { useState, type ReactElement } from 'react';

/** Copies a text, and shows that it did. */
export function CopyButton({ text, label }: { text: string; label: string }): ReactElement {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => {
        setCopied(false);
      }, 1_500);
    });
  };
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={copied ? 'Copied' : label}
      title={copied ? 'Copied' : label}
      className="inline-flex size-7 items-center justify-center rounded-[4px] text-muted hover:bg-raised hover:text-text"
    >
      <Icon className="size-4" aria-hidden="true" />
    </button>
  );
}
