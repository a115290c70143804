import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readFields } from '../../renderer/ui/readFields.ts';
import { listOf, trimmed } from '../../renderer/ui/typed.ts';

const schema = z.strictObject({
  name: z.string().min(1),
  on: z.boolean(),
  span: z
    .strictObject({ min: z.number().nullable(), max: z.number(), open: z.boolean() })
    .refine(({ min, max }) => min === null || min <= max, {
      path: ['min'],
      message: 'The ends are the wrong way round.',
    }),
  ports: z.array(z.string().regex(/^\d+$/)),
});
const specs = {
  name: { read: trimmed, wrong: 'A name.' },
  'span.min': { wrong: 'A number, or empty.' },
  'span.max': { wrong: 'A number.' },
  ports: { read: listOf, wrong: 'Ports.' },
} as const;
const texts = { name: ' A ', 'span.min': '', 'span.max': '5', ports: '1, 2' };
const others = { on: true, span: { open: false } };
const typing = (changes: Partial<typeof texts>) => readFields(schema, { ...texts, ...changes }, specs, others);

describe('the fields of a form', () => {
  it('become the value of the schema, beside what is not typed', () => {
    expect(typing({})).toEqual({
      value: { name: 'A', on: true, span: { min: null, max: 5, open: false }, ports: ['1', '2'] },
      errors: {},
    });
    expect(others).toEqual({ on: true, span: { open: false } });
  });

  it.each([
    [{ name: ' ' }, { name: 'A name.' }],
    [{ 'span.max': '' }, { 'span.max': 'A number.' }],
    [{ 'span.max': '1,5' }, { 'span.max': 'Write the decimals after a point, not a comma.' }],
    [{ 'span.min': '6' }, { 'span.min': 'The ends are the wrong way round.' }],
    [{ ports: '1, x' }, { ports: 'Ports.' }],
    [
      { name: '', ports: 'x' },
      { name: 'A name.', ports: 'Ports.' },
    ],
  ])('%j is told in one sentence a field', (changes, errors) => {
    expect(typing(changes)).toEqual({ value: null, errors });
  });

  it('are told by the words of the field where these cover the rules of the schema', () => {
    const covered = { ...specs, 'span.min': { wrong: 'At most the other end.', coversRules: true } };
    expect(readFields(schema, { ...texts, 'span.min': '6' }, covered, others).errors).toEqual({
      'span.min': 'At most the other end.',
    });
  });

  it('give no value where something beside them is wrong', () => {
    expect(readFields(schema, texts, specs, { ...others, on: 'yes' })).toEqual({ value: null, errors: {} });
  });
});
