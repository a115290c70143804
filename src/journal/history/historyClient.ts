import { Worker } from 'node:worker_threads';
import { faultsOf, guarded, logToLastGuard, type OnFault, type LogError } from '../../base/guard.ts';
import type { Answer, Ask, CallName, HistoryCalls, HistoryWorkerData } from './historyCalls.ts';
import { closedFailure, JournalFailure } from '../rows/journalFailure.ts';

interface Pending {
  resolve: (answer: never) => void;
  reject: (failure: JournalFailure) => void;
  awaited: boolean;
}

/** Calls the history worker: started at the first call, and again at the next one after it died. */
export class HistoryClient {
  private readonly workerUrl: URL;
  private readonly path: string;
  private readonly onFault: OnFault;
  private readonly pending = new Map<number, Pending>();
  private worker: Worker | null = null;
  private lastId = 0;
  private closed = false;

  /** @param path the database */
  constructor(workerUrl: URL, path: string, logError: LogError = logToLastGuard) {
    this.onFault = faultsOf('worker', logError);
    this.workerUrl = workerUrl;
    this.path = path;
  }

  /**
   * @param priority 'awaited' keeps the process alive until the answer is there
   * @throws JournalFailure `journal_not_read` or `journal_closed`
   */
  call<Name extends CallName>(
    name: Name,
    ask: HistoryCalls[Name]['ask'],
    priority: 'awaited' | 'background',
  ): Promise<HistoryCalls[Name]['answer']> {
    if (this.closed) return Promise.reject(closedFailure());
    const worker = (this.worker ??= this.startWorker());
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      const awaited = priority === 'awaited';
      this.pending.set(id, { resolve, reject, awaited });
      if (awaited) worker.ref();
      worker.postMessage({ id, name, ask } satisfies Ask<Name>);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    this.rejectAll(closedFailure());
    const worker = this.worker;
    this.worker = null;
    // An awaited end has to keep the process alive.
    worker?.ref();
    await worker?.terminate();
  }

  private startWorker(): Worker {
    const worker = new Worker(this.workerUrl, {
      name: 'journal history',
      workerData: { path: this.path } satisfies HistoryWorkerData,
    });
    worker.unref();
    const lost = guarded(this.onFault, (error: unknown) => {
      this.lost(worker, error);
    });
    worker.on(
      'message',
      guarded(this.onFault, (answer: Answer) => {
        this.settle(answer);
      }),
    );
    worker.on('error', lost);
    worker.on('messageerror', lost);
    worker.once('exit', () => {
      lost(null);
    });
    return worker;
  }

  private settle(answer: Answer): void {
    const call = this.pending.get(answer.id);
    if (call === undefined) return;
    this.pending.delete(answer.id);
    if (![...this.pending.values()].some(({ awaited }) => awaited)) this.worker?.unref();
    if ('error' in answer) {
      call.reject(new JournalFailure('journal_not_read', `The journal could not be read: ${answer.error}`));
    } else {
      // The worker answers each call with its own type.
      call.resolve(answer.answer as never);
    }
  }

  private lost(worker: Worker, error: unknown): void {
    if (this.worker !== worker) return;
    this.worker = null;
    const detail = error instanceof Error ? `: ${error.message}` : '.';
    this.rejectAll(
      new JournalFailure('journal_not_read', `The thread that reads the journal has ended${detail}`, error),
    );
  }

  private rejectAll(failure: JournalFailure): void {
    const calls = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of calls) reject(failure);
  }
}
