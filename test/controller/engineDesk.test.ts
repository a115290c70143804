import { expect, it } from 'vitest';
import { defaultEngineSettings } from '../../src/api/engines.ts';
import type { Bridge } from '../../src/controller/bridge.ts';
import { EngineDesk } from '../../src/controller/engineDesk.ts';
import type { Recorder } from '../../src/controller/recorder.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { memoryEngines } from '../support/memoryEngines.ts';

const nothing = (): void => undefined;

it('does not say that there is no such order while the journal cannot be read', () => {
  const lookUp = (): string => 'disk I/O error';
  const bridge = { config: { id: 'main' }, trading: { orders: { outcomes: { lookUp } } } } as unknown as Bridge;
  const desk = new EngineDesk({
    clock: new FakeClock(),
    recorder: { record: nothing } as unknown as Recorder,
    store: memoryEngines(),
    bridges: () => [bridge],
    bridge: () => bridge,
    alarm: nothing,
    enginesChanged: nothing,
    waitingChanged: nothing,
    onRefused: nothing,
  });
  desk.book.add('VENOM', defaultEngineSettings, 'command line');
  const heard: unknown[] = [];
  desk.tell(desk.book.get('VENOM'), 'VENOM_XAU_001', null, { reply: (text) => heard.push(JSON.parse(text)) });
  expect(heard).toMatchObject([{ type: 'refused', signal_id: 'VENOM_XAU_001', code: 'journal_failed' }]);
});
