import { useState, type ReactElement } from 'react';
import { useAppState } from '../store/hooks.ts';
import { CopyButton } from '../ui/copyButton.tsx';
import { frameParts, frameText, hexLines } from './frameText.ts';

/** A frame's bytes, as text with invisible characters named, or in hexadecimal. */
export function FrameBytes({ hex, bridge }: { hex: string; bridge: string }): ReactElement {
  const codePage = useAppState(({ bridges }) => bridges.find(({ id }) => id === bridge)?.codePage) ?? undefined;
  const [asHex, setAsHex] = useState(false);
  const size = hex.length / 2;
  return (
    <div className="mt-1 rounded-[6px] border border-line bg-raised">
      {asHex ? (
        <pre className="max-h-48 overflow-auto px-2 py-1.5 font-mono text-xs">{hexLines(hex)}</pre>
      ) : (
        <code className="block max-h-48 overflow-auto px-2 py-1.5 font-mono text-xs break-all whitespace-pre-wrap">
          {frameParts(hex, codePage).map(({ text, control }, index) =>
            control ? (
              <span key={index} className="mx-px rounded-[3px] border border-quiet px-0.5 text-quiet">
                {text}
              </span>
            ) : (
              text
            ),
          )}
        </code>
      )}
      <div className="flex h-7 items-center gap-1 border-t border-line pl-2 text-xs text-muted">
        <span className="figures mr-auto">{size === 1 ? '1 byte' : `${String(size)} bytes`}</span>
        <button
          type="button"
          aria-pressed={asHex}
          onClick={() => {
            setAsHex(!asHex);
          }}
          className={`h-6 rounded-[4px] px-2 hover:text-text ${asHex ? 'bg-panel font-semibold text-text' : ''}`}
        >
          Hex
        </button>
        <CopyButton
          key={asHex ? 'hex' : 'text'}
          text={asHex ? hex : frameText(hex, codePage)}
          label={asHex ? 'Copy the bytes in hexadecimal' : 'Copy the text'}
        />
      </div>
    </div>
  );
}
