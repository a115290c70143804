/** Stands for a message that is larger than any call; its rest was discarded unread. */
export class OversizedMessage {
  /** Number of the call, if the message's beginning has it. */
  readonly id: number | null;
  private readonly limitBytes: number;

  /** @param beginning of the message's text */
  constructor(beginning: string, limitBytes: number) {
    const id = /"id"\s*:\s*(\d{1,15})\s*[,}]/.exec(beginning)?.[1];
    this.id = id === undefined ? null : Number(id);
    this.limitBytes = limitBytes;
  }

  get sentence(): string {
    const most = String(Math.round(this.limitBytes / 1024 / 1024));
    return `The message is too large, so nothing was done: ${most} MiB is the most. Send or save less at once.`;
  }
}

/** Characters of a message's beginning that are searched for the number of its call. */
export const beginningLength = 256;
