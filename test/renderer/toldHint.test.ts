import { expect, it } from 'vitest';
import { toldHint } from '../../renderer/views/settings/toldHint.ts';

it('warns where a setting is not what the EA says, and only there', () => {
  expect(toldHint('USC', 'EUR', 'Of the account.')).toEqual({ hint: 'The EA says USC.', warning: true });
  expect(toldHint('USC', 'USC', 'Of the account.')).toEqual({ hint: 'The EA says USC.', warning: false });
  expect(toldHint(500, ' 500', '100 is 1:100.')).toEqual({ hint: 'The EA says 500.', warning: false });
  expect(toldHint(500, '', '100 is 1:100.')).toEqual({ hint: 'The EA says 500.', warning: false });
  expect(toldHint(null, '100', '100 is 1:100.')).toEqual({ hint: '100 is 1:100.', warning: false });
});
