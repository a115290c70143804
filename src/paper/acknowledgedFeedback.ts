import { Request, type Context } from 'zeromq';
import { attempt, type OnFault } from '../base/guard.ts';

/** Longest wait for an acknowledgement, ms; then it counts as lost and the result is sent again (S8). */
const patienceMs = 2_000;

/** The REQ side of feedback: sends one result after the other, each until it is acknowledged. */
export class AcknowledgedFeedback {
  private readonly context: Context;
  private readonly endpoint: string;
  private readonly onFault: OnFault;
  private readonly waiting: string[] = [];
  private socket: Request;
  private busy = false;
  private closed = false;

  constructor(context: Context, endpoint: string, onFault: OnFault) {
    this.context = context;
    this.endpoint = endpoint;
    this.onFault = onFault;
    this.socket = this.connect();
  }

  send(text: string): void {
    this.waiting.push(text);
    if (!this.busy) attempt(this.onFault, () => this.work());
  }

  close(): void {
    this.closed = true;
    this.socket.close();
  }

  private async work(): Promise<void> {
    this.busy = true;
    try {
      for (let text = this.waiting[0]; text !== undefined && !this.closed; text = this.waiting[0]) {
        if (await this.exchange(text)) this.waiting.shift();
      }
    } finally {
      // After a bug the next result sends the waiting ones too.
      this.busy = false;
    }
  }

  private async exchange(text: string): Promise<boolean> {
    try {
      await this.socket.send(text);
      await this.socket.receive();
      return true;
    } catch {
      // A REQ socket without a reply accepts no further request: a new socket replaces it.
      if (this.closed) return false;
      this.socket.close();
      this.socket = this.connect();
      return false;
    }
  }

  private connect(): Request {
    const socket = new Request({
      context: this.context,
      linger: 0,
      sendTimeout: patienceMs,
      receiveTimeout: patienceMs,
    });
    socket.connect(this.endpoint);
    return socket;
  }
}
