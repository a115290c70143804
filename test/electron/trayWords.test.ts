import { describe, expect, it } from 'vitest';
import { trayPicture } from '../../electron/trayPicture.ts';
import { trayWords, type TrayLook } from '../../electron/trayWords.ts';
import type { AppState, BridgeState, ChannelState } from '../../src/api/state/state.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

const bench = bridgeBench();
const base = bench.controller.snapshot().state;

function aBridge(states: [ChannelState, ChannelState, ChannelState], changes: Partial<BridgeState> = {}): BridgeState {
  const channels = structuredClone(bench.state().channels);
  [channels.command.state, channels.telemetry.state, channels.feedback.state] = states;
  return { ...bench.state(), channels, armed: false, ...changes };
}

const all = (state: ChannelState, changes: Partial<BridgeState> = {}): BridgeState =>
  aBridge([state, state, state], changes);
const app = (...bridges: BridgeState[]): AppState => ({ ...base, bridges });

describe('the tray', () => {
  it.each<[TrayLook, AppState]>([
    ['listening', app(all('listening'))],
    ['live', app(all('live'))],
    ['connected', app(aBridge(['connected', 'live', 'live']))],
    ['connected', app(aBridge(['live', 'live', 'listening']))],
    ['quiet', app(aBridge(['live', 'quiet', 'live']))],
    ['down', app(aBridge(['down', 'quiet', 'live']))],
    ['live', app(all('listening'), all('live', { id: 'paper' }))],
    ['down', app(all('live'), all('down', { id: 'paper' }))],
    ['listening', app()],
    ['kill', { ...app(all('live')), killSwitch: { at: 1, by: 'ticket' } }],
  ])('looks %s', (look, state) => {
    expect(trayWords(state).look).toBe(look);
  });

  it('says each channel in words, and whether it is armed', () => {
    expect(trayWords(app(all('live', { armed: true }))).tooltip).toBe(
      'Main: command live, telemetry live, feedback live · armed',
    );
    const killed = { ...app(all('down')), killSwitch: { at: 1, by: 'ticket' } as const };
    expect(trayWords(killed).tooltip).toBe(
      'KILL SWITCH ON\nMain: command down, telemetry down, feedback down · disarmed',
    );
  });

  it('keeps within what Windows shows', () => {
    const long = all('connected', { name: 'A bridge with a name as long as it may be' });
    expect(trayWords(app(long, { ...long, id: 'paper' })).tooltip).toMatch(/^.{1,126}…$/s);
  });

  it('has a picture of its own for each look, told apart without colour', () => {
    const looks: TrayLook[] = ['kill', 'down', 'quiet', 'connected', 'live', 'listening'];
    for (const size of [16, 32]) {
      const pictures = looks.map((look) => trayPicture(look, size));
      for (const picture of pictures) {
        expect(picture.subarray(1, 4).toString()).toBe('PNG');
        expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([size, size]);
      }
      expect(new Set(pictures.map((picture) => picture.toString('hex'))).size).toBe(looks.length);
    }
  });
});
