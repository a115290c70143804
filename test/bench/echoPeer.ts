import { Pull, Push } from 'zeromq';

// A peer that answers at once, on one or several bridges. argv: command endpoints, feedback endpoints, both by commas, and
// "ea" or "echo". As an EA it answers signals with a result, pings with a pong, and sends telemetry every second. When its
// standard input ends it prints the IDs that it got, by bridge.

const [, , command = '', feedback = '', role = ''] = process.argv;
class Peer {
  readonly got: string[] = [];
  private readonly pull = new Pull();
  private readonly push = new Push({ sendHighWaterMark: 10_000 });
  /** One after the other, as a socket takes them. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(commandEndpoint: string, feedbackEndpoint: string) {
    this.pull.connect(commandEndpoint);
    this.push.connect(feedbackEndpoint);
    if (role === 'ea') {
      setInterval(() => {
        this.say('{"type":"telemetry","uuid":"bench","balance":1000.00,"equity":1000.00,"margin":0.00}');
      }, 1_000);
    }
    void this.listen();
  }

  private async listen(): Promise<void> {
    for await (const [frame] of this.pull) {
      if (frame === undefined) continue;
      if (role === 'ea') this.say(this.answer(frame.toString()));
      else await this.push.send(frame);
    }
  }

  private say(text: string): void {
    this.last = this.last.then(() => this.push.send(text));
  }

  private answer(text: string): string {
    const { type, signal_id: id = '' } = JSON.parse(text) as { type: string; signal_id?: string };
    if (type === 'ping') return '{"type":"pong","timestamp":"x"}';
    if (type !== 'signal') return '{"type":"status","status":"config","account":1,"server":"Bench"}';
    this.got.push(id);
    return `{"type":"trade_result","signal_id":"${id}","status":"success","ticket":8412389,"price":2341.22000,"message":"","balance":1000.00,"equity":1000.00,"margin":11.50,"timestamp":"2025.09.15 12:34:56"}`;
  }
}

const feedbacks = feedback.split(',');
const bridges = command.split(',').map((endpoint, index) => new Peer(endpoint, feedbacks[index] ?? ''));

process.stdin.on('end', () => {
  process.stdout.write(JSON.stringify(bridges.map(({ got }) => got)), () => process.exit(0));
});
process.stdin.resume();
