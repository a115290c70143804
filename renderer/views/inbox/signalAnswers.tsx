import { Ban } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import type { WaitingSignal } from '../../../src/api/state/engines.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import type { Block } from '../../shared/blockWords.ts';
import { stateColours, stateIcons } from '../../shared/stateLook.tsx';
import { useCall } from '../../store/callApp.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { unwaited } from '../../store/unwaited.ts';
import { Button } from '../../ui/button.tsx';
import { pressOnce } from '../../ui/pressOnce.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { ConfirmSignal } from './confirmSignal.tsx';
import { endWords, isAwayStop, orderOf, seenIn } from './inboxWords.ts';
import { isDoubtful, type SignalFigures } from './signalFigures.ts';
import { useAtRest } from './useAtRest.ts';

/** The two answers to a signal, as buttons. They stay in place when the signal has ended, without effect. */
export function SignalAnswers({
  signal,
  bridge,
  figures,
  block,
  ended,
  place,
}: {
  signal: WaitingSignal;
  bridge: BridgeState | null;
  figures: SignalFigures | null;
  /** Why "Fire" is dead now; null: it is not. */
  block: Block | null;
  ended: boolean;
  place: number;
}): ReactElement {
  const isAtRest = useAtRest(place);
  const connected = useApp(({ client }) => client !== null);
  const [asking, setAsking] = useState(false);
  const { busy, failure, ask, run } = useCall();
  const [refused, setRefused] = useState(false);
  /** A finger has rested on "Fire". */
  const [rested, setRested] = useState(false);
  const idle = ended || busy || !connected || !isAtRest;
  const fire = async (): Promise<void> => {
    setRefused(false);
    const answer = await ask('fireWaiting', { signal: signal.number, seen: seenIn(signal) });
    setRefused(answer?.output.state === 'refused');
  };
  // An order on its way only dims the button: it changes no look for a moment.
  const isStopped = block !== null && !block.isOrder;
  const kind = (signal.action === 'buy' || signal.action === 'sell') && !isStopped ? signal.action : 'plain';
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="grid grid-cols-2 gap-2">
        <Button
          kind={kind}
          aria-disabled={idle || block !== null}
          aria-label={`Fire ${signal.signalId}`}
          title={block === null ? undefined : `${block.reason} ${block.nextStep}`.trim()}
          className={`px-1! ${!isStopped ? 'aria-disabled:opacity-45' : 'cursor-not-allowed text-muted hover:border-line!'}`}
          {...pressOnce(
            () => {
              setRested(false);
              if (idle || block !== null) return;
              if (isDoubtful(figures) || isAwayStop(signal)) setAsking(true);
              else unwaited(fire());
            },
            () => {
              setRested(true);
            },
          )}
        >
          {isStopped && <Ban className="size-3.5 shrink-0" aria-hidden="true" />}
          Fire
        </Button>
        <Button
          aria-disabled={idle}
          aria-label={`Dismiss ${signal.signalId}`}
          className="px-1! aria-disabled:opacity-45"
          {...pressOnce(() => {
            if (!idle) unwaited(run('dismissWaiting', { signal: signal.number }));
          })}
        >
          Dismiss
        </Button>
      </div>
      {asking && !ended && bridge !== null && (
        <ConfirmSignal
          signal={signal}
          bridge={bridge}
          figures={figures}
          block={block}
          onFire={() => {
            setAsking(false);
            unwaited(fire());
          }}
          onCancel={() => {
            setAsking(false);
          }}
        />
      )}
      <div className="h-4 text-xs">
        {busy ? (
          <Waiting />
        ) : ended ? (
          <End signal={signal} />
        ) : failure !== null ? (
          <p role="alert" title={failure} className="truncate text-down">
            {failure}
          </p>
        ) : (
          (rested || refused) && (
            <p
              role="alert"
              title={
                rested ? 'Held for more than half a second, so nothing was sent. Tap it shortly to fire.' : undefined
              }
              className="truncate font-medium text-quiet"
            >
              {rested ? 'Held too long: not fired' : 'Refused, still waiting'}
            </p>
          )
        )}
      </div>
    </div>
  );
}

function End({ signal }: { signal: WaitingSignal }): ReactElement {
  const order = useAppState(({ orders }) => orderOf(orders, signal));
  const { word, state } = endWords(order);
  const Icon = state === null ? null : stateIcons[state];
  return (
    <span
      className={`inline-flex items-center gap-1 font-medium ${state === null ? 'text-muted' : stateColours[state]}`}
    >
      {Icon !== null && <Icon className="size-3.5" aria-hidden="true" />}
      {word}
    </span>
  );
}
