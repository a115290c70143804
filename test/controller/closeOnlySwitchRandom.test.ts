import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CloseOnlySwitch } from '../../src/controller/session/closeOnlySwitch.ts';
import type { Command8 } from '../../src/protocol/protocol8/commands.ts';
import { type Hello, helloSchema } from '../../src/protocol/protocol8/reports.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { hello } from '../support/bench8.ts';

// The EA's switch under presses and releases at any moment, with messages on their way, lost, and connections that break.

const steps = [
  'kill',
  'release',
  'command',
  'answer',
  'loseCommand',
  'loseAnswer',
  'leave',
  'hello',
  'second',
] as const;
type Step = (typeof steps)[number];

/** A desk's switch and an EA, with what is on its way in both directions, first in, first out. */
class World {
  private readonly clock = new FakeClock();
  private readonly kept = new Map<string, unknown>();
  private killed = false;
  private session: string | null = null;
  private sessions = 0;
  private isConnected = false;
  private commands: Command8[] = [];
  private answers: (Hello | boolean)[] = [];
  private readonly ea = { on: false, session: '' };
  private readonly desk: CloseOnlySwitch;

  constructor() {
    const session = (): string | null => this.session;
    this.desk = new CloseOnlySwitch({
      clock: this.clock,
      protocol: {
        problem: null,
        get session() {
          return session();
        },
        send: (command) => {
          this.commands.push(command);
        },
      },
      killed: () => this.killed,
      remembered: (key) => this.kept.get(key),
      remember: (key, value) => {
        this.kept.set(key, value);
      },
      alarm: () => undefined,
      changed: () => undefined,
    });
    this.join();
  }

  take(step: Step): void {
    switch (step) {
      case 'kill':
        if (!this.killed) {
          this.killed = true;
          this.desk.pressed();
        }
        break;
      case 'release':
        if (this.killed) {
          this.killed = false;
          this.desk.released();
        }
        break;
      case 'command':
        this.arrive(this.commands.shift(), this.ea, true);
        break;
      case 'answer':
        this.hear(this.answers.shift());
        break;
      case 'loseCommand':
        if (this.commands[0]?.type === 'close_only') this.commands.shift();
        break;
      case 'loseAnswer':
        if (typeof this.answers[0] === 'boolean') this.answers.shift();
        break;
      case 'leave':
        if (this.isConnected) this.leave();
        else this.join();
        break;
      case 'hello':
        if (this.isConnected && this.ea.session === '') this.sayHello();
        break;
      case 'second':
        this.clock.advance(1_000);
    }
  }

  /** An entry that leaves now must meet an open EA. */
  get meetsClosed(): boolean {
    if (this.session === null || this.killed || this.desk.holdsEntries) return false;
    const then = { ...this.ea };
    for (const command of this.commands) this.arrive(command, then, false);
    return then.on;
  }

  /** All messages arrive, for a while. */
  rest(): Record<string, unknown> {
    this.join();
    for (let second = 0; second < 20; second += 1) {
      if (this.ea.session === '') this.sayHello();
      while (this.commands.length + this.answers.length > 0) {
        this.take('command');
        this.take('answer');
      }
      this.take('second');
    }
    return { isRight: this.ea.on === this.killed, ...this.desk.state, says: this.desk.state?.on === this.ea.on };
  }

  private arrive(command: Command8 | undefined, ea: World['ea'], answers: boolean): void {
    if (command?.type === 'welcome') ea.session = command.session;
    if (command?.type !== 'close_only' || command.session !== ea.session) return;
    ea.on = command.on;
    if (answers) this.answers.push(ea.on);
  }

  private hear(answer: Hello | boolean | undefined): void {
    if (answer === undefined) return;
    if (typeof answer === 'boolean') {
      this.desk.told(answer);
      return;
    }
    this.sessions += 1;
    this.session = String(this.sessions);
    this.commands.push({ type: 'welcome', protocol: 8, session: this.session, epoch: 1 });
    this.desk.greeted(answer);
  }

  private sayHello(): void {
    this.answers.push(helloSchema.parse({ ...hello, close_only: this.ea.on }));
  }

  private join(): void {
    if (this.isConnected) return;
    this.isConnected = true;
    this.ea.session = '';
    this.sayHello();
  }

  private leave(): void {
    this.isConnected = false;
    this.session = null;
    this.commands = [];
    this.answers = [];
    this.desk.left();
  }
}

it('is at last as the kill switch is, and no entry meets a closed EA, whatever is late or lost', () => {
  const walk = fc.array(fc.constantFrom(...steps), { minLength: 20, maxLength: 200 });
  fc.assert(
    fc.property(walk, (taken) => {
      const world = new World();
      for (const step of taken) {
        world.take(step);
        if (world.meetsClosed) return false;
      }
      expect(world.rest()).toMatchObject({ isRight: true, says: true, trouble: null });
      return true;
    }),
    { numRuns: 3_000 },
  );
});
