import { expect, it } from 'vitest';
import { asSentence } from '../../src/base/asSentence.ts';

it('closes a text from outside, so that a sentence can follow it', () => {
  expect(['done', 'Trade failed: Unknown error (4756)', 'No money '].map(asSentence)).toEqual([
    'done.',
    'Trade failed: Unknown error (4756).',
    'No money.',
  ]);
});

it('leaves one that is closed already', () => {
  for (const text of ['Done.', 'What?', 'It said "no."', '已完成。', 'cut…', 'Retcode:'])
    expect(asSentence(text)).toBe(text);
});
