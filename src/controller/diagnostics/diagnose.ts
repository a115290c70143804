import { accountStake, type AccountStake } from '../../api/state/accountStake.ts';
import {
  proofLayerNames,
  type ConnectionCheckResult,
  type ProofLayer,
  type ProofLayerName,
} from '../../api/state/connectionReport.ts';
import {
  ago,
  eaLines,
  failed,
  notReported,
  ok,
  ownSockets,
  skipped,
  waiting,
  type JudgeLayer,
  type Judgement,
  type ProofFacts,
} from './checkLayers.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { judgeZeromq } from './zeromqLayer.ts';

/** Longest wait for a new EA's first telemetry, ms: two of v7's heartbeats. */
const firstTelemetryMs = 10_000;
/** Longest wait for the account's name after the first telemetry, ms. */
const nameMs = 10_000;

const judges: Record<ProofLayerName, JudgeLayer> = {
  ports: ({ bridge }) =>
    ok(
      ownSockets(bridge)
        .map((channel) => `${channel} on ${bridge.endpoints[channel]}`)
        .join(', '),
    ),
  reached: judgeReached,
  zeromq: judgeZeromq,
  telemetry: judgeTelemetry,
  ping: judgePing,
  account: judgeAccount,
  trading: judgeTrading,
  order: judgeOrder,
};

/** Judges layer by layer; layers after a failed or undecided one are skipped. */
export function proveConnection(facts: ProofFacts): ConnectionCheckResult {
  const layers: ProofLayer[] = [];
  let stopped: 'failed' | 'waiting' | null = null;
  for (const name of proofLayerNames) {
    const judged: Judgement = stopped === null ? judges[name](facts) : skipped('Looked at once the layers above hold.');
    if (judged.state === 'failed' || judged.state === 'waiting') stopped = judged.state;
    layers.push({ name, ...judged });
  }
  const { bridge, now } = facts;
  return { bridge: bridge.id, at: now, verdict: stopped ?? 'ok', layers, lines: eaLines(bridge) };
}

function judgeReached({ bridge, attempts, notAllowed, now }: ProofFacts): Judgement {
  const sockets = ownSockets(bridge);
  const peer = sockets.map((channel) => bridge.channels[channel].peer).find((address) => address !== null);
  if (peer !== undefined) return ok(`An EA at ${peer} has connected.`);
  if (bridge.secondPeer !== null) return ok(`An EA at ${bridge.secondPeer.address} has connected.`);
  if (notAllowed !== null) {
    const { address, channel, at } = notAllowed;
    return failed(
      `${address} came to ${bridge.endpoints[channel]} ${ago(at, now)} and was turned away: it is not among the allowed addresses.`,
      ['The EA runs on another machine, whose address was not named at the start.'],
      `If it is your terminal, add ${address} (gear, Bridge settings, Computers that may connect), or start with --allow-peer ${address}.`,
    );
  }
  const reached = sockets.find((channel) => attempts[channel] !== null);
  if (reached !== undefined) {
    return ok(`Something connected to ${bridge.endpoints[reached]} ${ago(attempts[reached]?.at ?? now, now)}.`);
  }
  return bridge.channels.command.state === 'down' || bridge.channels.telemetry.state === 'down'
    ? gone(bridge, now)
    : nobody(bridge);
}

function gone({ channels }: ProofFacts['bridge'], now: number): Judgement {
  const since = Math.max(channels.command.since, channels.telemetry.since);
  return failed(
    `The EA was connected and left ${ago(since, now)}.`,
    [
      'MT5 was closed, or the EA was removed from its chart or changed its timeframe.',
      'The machine of the terminal sleeps, or its network is down.',
    ],
    'Open MT5 and look whether the EA is on its chart with a smile, then at what its Experts log says last.',
  );
}

function nobody({ endpoints }: ProofFacts['bridge']): Judgement {
  return failed(
    `Nothing has connected to ${endpoints.command} or ${endpoints.telemetry} yet.`,
    [
      'The EA is not on a chart, or MT5 does not run.',
      'MT5 does not allow DLL imports, so the EA has no ZeroMQ.',
      'The addresses in the EA name another port or machine, or it was not compiled after a change.',
      'The EA runs on another machine, and these ports are bound to this one alone.',
    ],
    'Compare the lines in the EA with those below, compile it (F7), allow DLL imports, and drag it onto a chart.',
  );
}

function judgeTelemetry({ bridge, now }: ProofFacts): Judgement {
  const { telemetry, feedback, command } = bridge.channels;
  if (bridge.stream === 'history' && (bridge.backlog > 0 || now - telemetry.since < firstTelemetryMs)) {
    return waiting(
      bridge.backlog > 0
        ? `Reading what the EA queued before it connected: ${String(bridge.backlog)} frames so far.`
        : 'The EA has connected; its first frames are awaited.',
    );
  }
  if (telemetry.state === 'live') {
    const last = telemetry.lastMessageAt === null ? '' : `, the last ${ago(telemetry.lastMessageAt, now)}`;
    return ok(`Telemetry arrives: ${telemetry.rate.toFixed(1)} messages a second${last}.`);
  }
  const answers = feedback.state === 'live' && command.state === 'live';
  if (telemetry.state === 'quiet' && answers && bridge.account.at !== null) {
    return ok(
      `No telemetry ${telemetry.lastMessageAt === null ? 'yet' : `since ${ago(telemetry.lastMessageAt, now)}`}, but the EA answers: the market may be closed, and v7 goes by its quotes.`,
    );
  }
  if (telemetry.state !== 'quiet' && now - telemetry.since < firstTelemetryMs) {
    return waiting('The EA has connected; its first telemetry is awaited.');
  }
  const broken = bridge.unreadable > 0 ? [`Its frames can't be read: ${String(bridge.unreadable)} are listed.`] : [];
  return failed(
    telemetry.state === 'quiet'
      ? 'The EA is connected, and its telemetry has stopped.'
      : 'The EA is connected, and sends no telemetry.',
    [
      ...broken,
      'The market is closed: v7 sends by the clock of the last quote.',
      "The EA's timer does not run: MT5 hangs, or shows a dialog.",
      'MT5 has no connection to its broker.',
    ],
    broken.length > 0
      ? 'Look under Unreadable frames at what it sends, and why it was not understood.'
      : "Look at the terminal's connection in the lower right corner of MT5, and at the EA's Experts log.",
  );
}

function judgePing({ answersPings, bridge, ping }: ProofFacts): Judgement {
  switch (ping.state) {
    case 'none':
    case 'waiting':
      return waiting('A ping is on its way.');
    case 'answered':
      return ok(`The EA answered a ping in ${ping.ms < 10 ? ping.ms.toFixed(1) : ping.ms.toFixed(0)} ms.`);
    case 'silent':
      return answersPings || !bridge.commandProved
        ? failed(
            'The EA has left a ping without an answer for 3 s.',
            [
              "The EA's own loop hangs: MT5 is busy, or shows a dialog.",
              `Another program sits on ${bridge.endpoints.command} in its place.`,
            ],
            'Look in MT5 whether the EA still writes to its Experts log; restart it if not.',
          )
        : notReported('This EA answers no pings; that it takes commands is proved by an order alone.');
  }
}

function judgeAccount({ bridge, now }: ProofFacts): Judgement {
  const { account, accountProblem } = bridge;
  if (accountProblem?.kind === 'changed') {
    return failed(
      `The EA is on account ${accountProblem.now}; before, it was on ${accountProblem.known}.`,
      ['The terminal was logged in to another account.', 'The EA of another terminal has connected.'],
      'Log the terminal in to the account before, or press "Accept account" when the new one is right.',
    );
  }
  if (accountProblem?.kind === 'not_logged_in') {
    const { reason, nextStep } = refusals.notLoggedIn();
    return failed(reason, ['The terminal was started and has not logged in to a broker yet.'], nextStep);
  }
  const name = account.login === null ? account.uuid : `${account.login} @ ${account.server ?? 'unknown server'}`;
  if (name === null) {
    if (now - bridge.channels.telemetry.since < nameMs) return waiting('The EA has not named its account yet.');
    return notReported(
      'The EA does not name its account, so it counts as LIVE.',
      'Look in MT5 which account it is, and name it in the notice above the charts.',
    );
  }
  const version = account.eaVersion === null ? 'EA version not reported' : `EA ${account.eaVersion}`;
  return ok(`${version}, account ${name}: ${stakeSentence[accountStake(bridge)]}.`);
}

const stakeSentence: Record<AccountStake, string> = {
  paper: 'PAPER, no real money',
  demo: 'DEMO',
  challenge: 'a CHALLENGE by the name of its server: the account is at stake',
  live: 'not known to be a demo account, so it counts as LIVE',
};

function judgeTrading({ bridge }: ProofFacts): Judgement {
  switch (bridge.account.tradeAllowed) {
    case true:
      return ok('MT5 allows this EA to trade.');
    case null:
      return notReported(
        'This EA does not report whether MT5 lets it trade.',
        'In MT5, see that Algo Trading is green in the toolbar and the EA has a smile on its chart.',
      );
    case false:
      return failed(
        'MT5 does not allow this EA to trade.',
        ['Algo Trading is off in the toolbar.', '"Allow Algo Trading" is not ticked in the EA\'s properties.'],
        'Press Algo Trading in MT5\'s toolbar, and tick "Allow Algo Trading" in the EA\'s properties (F7 on its chart).',
      );
  }
}

function judgeOrder({ order }: ProofFacts): Judgement {
  if (order === null) return skipped('Optional: an order of the smallest lot, there and back.');
  const what = `Buy ${String(order.lot)} ${order.symbol} (${order.signalId})`;
  switch (order.state) {
    // The order of the proof is one at the market, which is never placed.
    case 'placed':
    case 'cancelled':
    case 'sent':
      return waiting(`${what} is on its way.`);
    case 'filled': {
      const took = order.roundTripMs === null ? '' : ` in ${order.roundTripMs.toFixed(0)} ms`;
      return ok(
        `${what} was filled${took}: ticket ${order.ticket ?? 'not told'}, price ${String(order.price ?? 'not told')}.`,
      );
    }
    case 'refused':
      return failed(
        `${what} was not sent: ${order.refusal?.reason ?? ''}`,
        [],
        order.refusal?.nextStep ?? 'Look at the order in the list.',
      );
    case 'rejected':
      return failed(
        `${what} was rejected: ${order.message ?? 'the EA gave no reason'}.`,
        ['The market is closed, or the broker does not take this lot or stop.', 'Algo trading is off.'],
        "Look at MT5's Experts and Journal logs at this time.",
      );
    case 'unknown':
      return failed(
        `${what} is unknown: no answer came.`,
        ['The EA does not send its results to this app.', 'The connection broke in between.'],
        'Look in MT5 whether it was traded, and settle the order in the list.',
      );
  }
}
