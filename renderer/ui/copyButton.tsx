import { unwaited } from '../store/unwaited.ts';
import { Check, Copy } from 'lucide-react';
import { useState, type ReactElement } from 'react';

/**
 * Copies a text and confirms it.
 * @param word beside the icon; the label has to contain it
 */
export function CopyButton({
  text,
  label,
  word,
  onCopied,
}: {
  text: string;
  label: string;
  word?: string;
  onCopied?: () => void;
}): ReactElement {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    unwaited(
      navigator.clipboard.writeText(text).then(() => {
        setCopied(true);
        onCopied?.();
        setTimeout(() => {
          setCopied(false);
        }, 1_500);
      }),
    );
  };
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={copied ? 'Copied' : label}
      title={copied ? 'Copied' : label}
      className={`inline-flex items-center justify-center text-muted hover:bg-raised hover:text-text ${word === undefined ? 'size-7 shrink-0 rounded-[4px]' : 'h-8 shrink-0 gap-2 rounded-[6px] border border-line px-3 text-sm font-medium'}`}
    >
      <Icon className="size-4" aria-hidden="true" />
      {word}
    </button>
  );
}
