import type { ReactElement } from 'react';
import { asSentence } from '../../../../src/base/asSentence.ts';
import type { OrderRef } from '../../../../src/domain/orders/orderRef.ts';
import { errorWords, orderPhrase } from '../../../shared/orderWords.ts';
import { State } from '../../../shared/orderState.tsx';
import { appStore } from '../../../store/appStore.ts';
import { useAppState } from '../../../store/hooks.ts';

/** What became of the last change, until the next one. */
export function ChangeResult({ of }: { of: OrderRef }): ReactElement | null {
  const orders = useAppState((app) => app.orders) ?? [];
  const order = orders.find(({ bridge, number }) => bridge === of.bridge && number === of.number);
  if (order === undefined) return null;
  const { what, nextStep } = errorWords(order);
  return (
    <p role="status" className="flex min-w-0 items-center gap-2 border-b border-line px-3 py-1 text-sm">
      <State order={order} />
      <button
        type="button"
        aria-haspopup="dialog"
        className="shrink-0 underline decoration-strong-line underline-offset-2 hover:decoration-current"
        onClick={() => {
          appStore.setState({ shownOrder: of });
        }}
      >
        {orderPhrase(order)}
      </button>
      <span className="min-w-0 text-muted">{[asSentence(what), nextStep ?? ''].join(' ').trim()}</span>
    </p>
  );
}
