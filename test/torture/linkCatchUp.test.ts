import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { joinEa, LinkDesk, logOf, report } from './linkHarness.ts';
import { openTcpProxy } from './tcpProxy.ts';

const undos = new Undos();
afterEach(() => undos.all());

/** Two pings a second apart and the reconnect, with room for a slow machine. */
const enoughMs = 8_000;

describe('an EA whose command connection breaks while its history is read (W16)', () => {
  it('takes orders soon after it is back', { timeout: 60_000 }, async () => {
    const dataDir = undos.folder();
    const desk = await LinkDesk.open(undos, { dataDir });
    const { command, telemetry } = desk.endpoints();
    const road = await openTcpProxy(command);
    undos.add(() => road.close());
    await joinEa(undos, { command: road.endpoint, telemetry }, logOf(dataDir));
    await until(() => desk.state().channels.command.state !== 'listening', 'the first ping is sent');
    const joinedAt = performance.now();
    await until(() => performance.now() - joinedAt > 300, 'its pong has come; the second is sent after a second');
    expect(desk.state().stream).toBe('history');
    road.freeze();
    road.reset();
    await until(() => performance.now() - joinedAt > 1_300, 'the second ping finds nobody');
    road.thaw('lost');
    await until(() => desk.state().channels.command.state !== 'down', 'the EA is back');
    const backAt = performance.now();
    await until(() => desk.obstacle() === null, 'orders may leave', 50_000);
    const tookMs = Math.round(performance.now() - backAt);
    report('command connection broken during catch-up', { 'ms until orders may leave': tookMs });
    expect(tookMs).toBeLessThan(enoughMs);
  });
});
