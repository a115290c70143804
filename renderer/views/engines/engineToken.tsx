import { KeyRound } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useId, type ReactElement } from 'react';
import { useAppState } from '../../store/hooks.ts';
import { CopyButton } from '../../ui/copyButton.tsx';
import { snippets } from './engineSnippets.ts';

const languages = ['Python', 'TypeScript'] as const;

/** Token of a new engine, shown once, and code to paste into the engine. */
export function EngineToken({
  name,
  token,
  onCopied,
}: {
  name: string;
  token: string;
  onCopied: () => void;
}): ReactElement {
  const gateway = useAppState((app) => app.app.gateway);
  const port = useAppState((app) => app.settings.gatewayPort) ?? 0;
  const endpoint = gateway ?? `tcp://127.0.0.1:${String(port)}`;
  const bridges = useAppState((app) => app.bridges) ?? [];
  const bridge = bridges.length > 1 ? (bridges[0]?.id ?? null) : null;
  const id = useId();
  return (
    <div className="flex flex-col gap-5">
      <div className="rounded-[6px] border border-strong-line bg-raised px-4 py-3">
        <p className="flex items-start gap-2 text-sm">
          <KeyRound className="mt-0.5 size-4 shrink-0 text-quiet" aria-hidden="true" />
          <span>
            <strong>Copy the token now: it is not shown again.</strong> The desk keeps nothing that it could be read
            from. If it is lost, remove {name} and add it anew.
          </span>
        </p>
        <label htmlFor={id} className="mt-3 mb-1 block text-sm font-medium">
          Token
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            readOnly
            value={token}
            spellCheck={false}
            onFocus={({ target }) => {
              target.select();
            }}
            onCopy={onCopied}
            className="h-8 w-full min-w-0 rounded-[6px] border bg-panel px-2 font-mono text-xs"
          />
          <CopyButton text={token} label="Copy the token" word="Copy" onCopied={onCopied} />
        </div>
      </div>
      {gateway === null && (
        <p className="text-sm text-quiet">
          The app was started with --no-gateway: nothing listens at {endpoint}. Start it without that flag.
        </p>
      )}
      <Tabs.Root defaultValue="Python" className="min-w-0">
        <Tabs.List aria-label="Language" className="mb-2 flex gap-1 border-b border-line">
          {languages.map((language) => (
            <Tabs.Trigger
              key={language}
              value={language}
              className="-mb-px h-8 border-b-2 border-transparent px-2 text-sm text-muted hover:text-text data-[state=active]:border-focus data-[state=active]:font-medium data-[state=active]:text-text"
            >
              {language}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {languages.map((language) => {
          const code = snippets[language]({ engine: name, token, endpoint, bridge });
          return (
            <Tabs.Content key={language} value={language} className="flex flex-col items-start gap-2">
              <pre
                tabIndex={0}
                aria-label={`${language}, to paste into the engine`}
                className="w-full overflow-x-auto rounded-[6px] border border-line bg-surface p-3 font-mono text-xs leading-5"
              >
                {code}
              </pre>
              <CopyButton text={code} label={`Copy ${language}`} word={`Copy ${language}`} onCopied={onCopied} />
            </Tabs.Content>
          );
        })}
      </Tabs.Root>
      <p className="text-xs text-muted">
        Stops are in the unit that the bridge has set
        {bridge === null ? '' : ', which is named because there are several'}. A signal ID is fired once: the same one
        again gets the state of the first.
      </p>
    </div>
  );
}
