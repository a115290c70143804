import { useEffect, useState, useSyncExternalStore, type ReactElement } from 'react';
import type { WholeFrame, WireFrame } from '../../../src/api/state/wireFrames.ts';
import { visibleLines } from '../../../src/base/visibleText.ts';
import { toHex } from '../../../src/base/hex.ts';
import { formatNumber } from '../../format.ts';
import { useApp, useBridge } from '../../store/hooks.ts';
import { CopyButton } from '../../ui/copyButton.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { FrameBytes } from '../../shared/frameBytes.tsx';
import { Time } from '../../shared/time.tsx';
import { ReadAs, Way } from './frameLook.tsx';
import { jsonLines } from './jsonLines.ts';
import { OrderLink } from './orderLink.tsx';
import { wireFollower } from './wireFollower.ts';

/** Most characters of a frame drawn. Copying takes all of them. */
const drawnCharacters = 32_768;

/** One frame of the wire log in full. */
export function FrameDrawer(): ReactElement | null {
  const { shown } = useSyncExternalStore(wireFollower.subscribe, wireFollower.current);
  const bridge = useBridge();
  const otherShown = useApp(({ shownOrder }) => shownOrder !== null);
  useEffect(() => {
    if (otherShown) wireFollower.open(null);
  }, [otherShown]);
  if (shown === null || bridge === null) return null;
  return <Drawer key={shown.number} frame={shown} bridge={bridge.id} />;
}

function Drawer({ frame, bridge }: { frame: WireFrame; bridge: string }): ReactElement {
  const { whole, failure } = useWhole(frame, bridge);
  const { number, at, channel, direction, size, signalId } = frame;
  return (
    <Sheet
      title={`Frame ${formatNumber(number, 0)}`}
      width="narrow"
      onClose={() => {
        wireFollower.open(null);
      }}
    >
      <div className="flex flex-col gap-5">
        <Facts>
          <Fact name="Time">
            <span className="figures">
              <Time at={at} bridge={bridge} exact />
            </span>
          </Fact>
          <Fact name="Direction">
            <Way direction={direction} /> on {channel}
          </Fact>
          <Fact name="Size">
            <span className="figures">{size === 1 ? '1 byte' : `${formatNumber(size, 0)} bytes`}</span>
          </Fact>
          <Fact name="Read as">
            <ReadAs frame={frame} />
          </Fact>
          <Fact name="Order">{signalId === null ? 'none' : <OrderLink signalId={signalId} bridge={bridge} />}</Fact>
        </Facts>
        {failure !== null && <p className="text-sm text-quiet">{failure}</p>}
        <Content frame={whole} bridge={bridge} />
      </div>
    </Sheet>
  );
}

/** Requests the rest of a long frame, whose row has only its beginning. */
function useWhole(frame: WireFrame, bridge: string): { whole: WholeFrame; failure: string | null } {
  const client = useApp((store) => store.client);
  const [whole, setWhole] = useState<WholeFrame>(frame);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    if (!frame.cut) return undefined;
    let wanted = true;
    client?.call('wireFrame', { bridge, number: frame.number }).then(
      (answer) => {
        if (wanted) setWhole(answer);
      },
      (error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        if (wanted) setFailure(`Only its beginning can be shown. ${why}`);
      },
    );
    return () => {
      wanted = false;
    };
  }, [client, frame, bridge]);
  return { whole, failure };
}

const utf8 = new TextEncoder();

function Content({ frame: { text, bytes }, bridge }: { frame: WholeFrame; bridge: string }): ReactElement {
  const lines = jsonLines(text);
  const hex = bytes ?? toHex(utf8.encode(text));
  const drawn = hex.slice(0, drawnCharacters * 2);
  return (
    <>
      {lines !== null && (
        <section aria-label="As JSON">
          <h3 className="mb-1 flex items-center justify-between font-semibold">
            As JSON
            <CopyButton text={lines} label="Copy the JSON" />
          </h3>
          <pre
            className="max-h-80 overflow-auto rounded-[6px] border border-line bg-raised px-2 py-1.5 font-mono text-xs"
            tabIndex={0}
          >
            {visibleLines(lines.slice(0, drawnCharacters))}
          </pre>
        </section>
      )}
      <section aria-label="As it travelled">
        <h3 className="flex items-center justify-between font-semibold">
          As it travelled
          <CopyButton text={text} label="Copy the text" />
        </h3>
        <FrameBytes hex={drawn} bridge={bridge} />
        {drawn.length < hex.length && (
          <p className="mt-1 text-xs text-muted">
            The first {formatNumber(drawn.length / 2, 0)} of {formatNumber(hex.length / 2, 0)} bytes are drawn here; the
            text is copied in full.
          </p>
        )}
      </section>
    </>
  );
}
