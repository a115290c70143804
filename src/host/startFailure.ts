/** Why the app can't start, as one sentence for the person who started it. It ends with exit code 1. */
export class StartFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartFailure';
  }
}
