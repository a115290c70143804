import type { ApiClient } from './connectApi.ts';
import { type AppEvent, applyEvent, type SequencedEvent, type Snapshot } from '../state/events.ts';
import type { AppState } from '../state/state.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';

export interface StateListener {
  /** The whole state, first from a snapshot and then after each event. */
  onState: (state: AppState, at: number) => void;
  /** The events by themselves, those after the snapshot only. */
  onEvent?: (event: AppEvent, at: number) => void;
  /** The call for a snapshot failed. */
  onFailure: (error: unknown) => void;
}

/**
 * ARCHITECTURE rule 6: follows first and buffers, takes the snapshot, drops what it already holds, applies the
 * rest. A gap in the sequence takes a new snapshot.
 */
export function followState(client: ApiClient, listener: StateListener): Unsubscribe {
  /** Null while a snapshot is on its way. */
  let current: Snapshot | null = null;
  let waiting: SequencedEvent[] = [];
  let stopped = false;

  const receive = (sequenced: SequencedEvent): void => {
    if (current === null) {
      waiting.push(sequenced);
    } else if (sequenced.seq > current.seq + 1) {
      current = null;
      waiting = [sequenced];
      takeSnapshot();
    } else if (sequenced.seq === current.seq + 1) {
      current = { seq: sequenced.seq, at: sequenced.at, state: applyEvent(current.state, sequenced.event) };
      listener.onState(current.state, sequenced.at);
      listener.onEvent?.(sequenced.event, sequenced.at);
    }
  };
  const takeSnapshot = (): void => {
    client
      .call('snapshot', null)
      .then((snapshot) => {
        if (stopped) return;
        current = snapshot;
        listener.onState(snapshot.state, snapshot.at);
        for (const sequenced of waiting.splice(0)) receive(sequenced);
      })
      .catch((error: unknown) => {
        if (!stopped) listener.onFailure(error);
      });
  };

  const unfollow = client.follow(receive);
  takeSnapshot();
  return () => {
    stopped = true;
    unfollow();
  };
}
