import { connectApi } from '../../src/api/connectApi.ts';
import { followState } from '../../src/api/followState.ts';
import { NotAdmitted, openTransport } from '../transport/openTransport.ts';
import { appStore } from './appStore.ts';
import { sampleStore } from './sampleStore.ts';

const retryMs = 1_000;

/** Connects, follows the app's state, and connects again whenever that ends. */
export async function keepConnected(): Promise<void> {
  for (;;) {
    try {
      await followOnce();
      appStore.setState({ connection: 'lost', client: null });
    } catch (error) {
      if (error instanceof NotAdmitted) {
        appStore.setState({ connection: 'not_admitted', client: null });
        return;
      }
      const { app } = appStore.getState();
      appStore.setState({ connection: app === null ? 'connecting' : 'lost', client: null });
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/** Resolves when the connection has ended. */
async function followOnce(): Promise<void> {
  const client = connectApi(await openTransport());
  await new Promise<void>((ended) => {
    client.onClose(ended);
    followState(client, {
      onState: (app, at) => {
        appStore.setState({ app, client, connection: 'open', clockOffset: at - Date.now() });
      },
      onEvent: (event) => {
        if (event.type === 'samples') sampleStore.append(event.bridge, event.samples);
      },
      onFailure: () => {
        client.close();
      },
    });
  });
}
