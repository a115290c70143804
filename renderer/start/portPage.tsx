import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { PortAnswer, PortTrouble } from '../../src/api/queries/portTrouble.ts';
import type { Transport } from '../../src/api/rpc/transport.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copyButton.tsx';
import { useTextSize, useTheme } from '../ui/pageLook.ts';
import { TextField } from '../ui/textField.tsx';
import { usePortTrouble } from './usePortTrouble.ts';

/** Says which port can't be had and why, and asks for another one, before there is a desk. */
export function PortPage({ transport }: { transport: Transport }): ReactElement | null {
  const { trouble, busy, answer } = usePortTrouble(transport);
  useTheme(trouble?.theme ?? 'system');
  useTextSize(trouble?.textSize ?? 100);
  if (trouble === null) return null;
  // A new trouble begins with its own value; what was typed stays while the same one is told again.
  return <PortForm key={`${trouble.title} ${trouble.field.label}`} trouble={trouble} busy={busy} onAnswer={answer} />;
}

function PortForm({
  trouble,
  busy,
  onAnswer,
}: {
  trouble: PortTrouble;
  busy: boolean;
  onAnswer: ReturnType<typeof usePortTrouble>['answer'];
}): ReactElement {
  const { title, sentences, field, suggestion, button, peer, notes, refused } = trouble;
  const [typed, setTyped] = useState(field.value);
  const [last, setLast] = useState<PortAnswer | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const error = !busy && refused !== null && last?.do === 'start' && last.typed === typed ? refused : undefined;
  useEffect(() => {
    const input = busy ? null : form.current?.querySelector('input');
    input?.focus();
    input?.select();
  }, [busy]);
  const give = (answer: PortAnswer): void => {
    setLast(answer);
    onAnswer(answer);
  };
  return (
    <main className="mx-auto flex min-h-full max-w-[36rem] flex-col justify-center-safe gap-3 p-6">
      <div role="alert" className="flex flex-col gap-2">
        <h1 className="text-xl font-semibold">{title}</h1>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <form
        ref={form}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) give({ do: 'start', typed });
        }}
      >
        <div className="flex items-start gap-3 [&>:first-child]:flex-1">
          <TextField
            label={field.label}
            value={typed}
            error={error}
            note="at least a line"
            decimal={field.decimal}
            disabled={busy}
            onChange={setTyped}
          />
          {suggestion !== null && (
            <div className="pt-6">
              <Button
                disabled={busy || typed === suggestion}
                onClick={() => {
                  setTyped(suggestion);
                  form.current?.querySelector('input')?.focus();
                }}
              >
                Take {suggestion}: it is free
              </Button>
            </div>
          )}
        </div>
        <Peer peer={peer} typed={typed.trim()} />
        {notes.map((note) => (
          <p key={note} className="text-sm text-muted">
            {note}
          </p>
        ))}
        <p role="status" className="min-h-5 text-sm text-quiet">
          {busy ? 'Starting…' : last?.do === 'again' ? `Tried again: ${title}.` : ''}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="primary" disabled={busy}>
            {button}
          </Button>
          <Button
            disabled={busy}
            onClick={() => {
              give({ do: 'again' });
            }}
          >
            Try again
          </Button>
          <Button
            className="ml-auto"
            onClick={() => {
              give({ do: 'quit' });
            }}
          >
            Quit
          </Button>
        </div>
      </form>
    </main>
  );
}

/** What the other side must be given, with the typed value in its line. */
function Peer({ peer: { sentence, line }, typed }: { peer: PortTrouble['peer']; typed: string }): ReactElement {
  const text = line === null ? null : `${line.before}${typed}${line.after}`;
  return (
    <div className="text-sm">
      <p>{sentence}</p>
      {text !== null && (
        <div className="mt-1 flex items-center justify-between rounded-[6px] border border-line bg-raised pr-1 pl-3">
          <code className="truncate font-mono text-sm" title={text}>
            {text}
          </code>
          <CopyButton text={text} label="Copy the line" />
        </div>
      )}
    </div>
  );
}
