/** What can be thrown besides an error, or instead of one whose text can be read. */
export const oddities: readonly (readonly [what: string, thrown: unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'a bug'],
  ['a number', 0],
  ['a symbol', Symbol('a bug')],
  ['an object without a prototype', Object.create(null)],
  [
    'an object whose text throws',
    {
      toString: () => {
        throw new Error('a bug in the text of a bug');
      },
    },
  ],
  [
    'an error whose message throws',
    Object.defineProperty(new Error(), 'message', {
      get: () => {
        throw new Error('a bug in the message of a bug');
      },
    }),
  ],
];
