import { connectApi, type ApiClient } from '../../src/api/rpc/connectApi.ts';
import { followState, type StateListener } from '../../src/api/rpc/followState.ts';
import type { AppState } from '../../src/api/state/state.ts';
import { isAdmitted, NotAdmitted, openTransport } from '../transport/openTransport.ts';
import { appStore } from './appStore.ts';
import { drawWithin } from './drawing.ts';
import { sampleStore } from './sampleStore.ts';

const retryMs = 1_000;
/** Time to collect the events of one pulse for one drawing, ms. */
const togetherMs = 16;
/** Difference of the clocks that may be a message's travel time, ms; only a larger one is applied. */
const steadyMs = 250;

/** Connects, follows the app's state, and reconnects whenever the connection ends. */
export async function keepConnected(): Promise<void> {
  for (;;) {
    try {
      await followOnce();
      appStore.setState({ connection: 'lost', client: null });
    } catch (error) {
      if (error instanceof NotAdmitted) {
        appStore.setState({ connection: error.withLink ? 'link_used' : 'session_ended', client: null });
        await untilAdmitted();
        continue;
      }
      const { app } = appStore.getState();
      appStore.setState({ connection: app === null ? 'connecting' : 'lost', client: null });
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/** Resolves when a fresh link was opened in any window of this browser. */
async function untilAdmitted(): Promise<void> {
  while ((await isAdmitted()) !== true) await new Promise((resolve) => setTimeout(resolve, retryMs));
}

/** Follows the state until the connection ends. */
async function followOnce(): Promise<void> {
  const client = connectApi(await openTransport());
  const shown = showTogether(client);
  await new Promise<void>((ended) => {
    client.onClose(ended);
    followState(client, {
      ...shown.listener,
      onFailure: () => {
        client.close();
      },
    });
  });
  shown.flush();
}

/**
 * Collects events for one drawing. An order's event is drawn at once: the answer to its call comes next and looks for
 * it.
 */
function showTogether(client: ApiClient): { listener: Omit<StateListener, 'onFailure'>; flush: () => void } {
  let pending: { app: AppState; at: number } | null = null;
  const flush = (): void => {
    if (pending === null) return;
    const { app, at } = pending;
    pending = null;
    const offset = at - Date.now();
    const { clockOffset } = appStore.getState();
    const steady = Math.abs(offset - clockOffset) < steadyMs;
    appStore.setState({ app, client, connection: 'open', clockOffset: steady ? clockOffset : offset });
  };
  return {
    listener: {
      onState: (app, at) => {
        pending = { app, at };
        if (appStore.getState().client !== client) flush();
        else drawWithin(togetherMs, flush);
      },
      onEvent: (event) => {
        if (event.type === 'samples') sampleStore.append(event.bridge, event.samples);
        if (event.type === 'order') flush();
      },
    },
    flush,
  };
}
