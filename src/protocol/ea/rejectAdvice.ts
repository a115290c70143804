import { codesIn } from './failureText.ts';
import { retcodes } from './retcodes.ts';

const algoTrading = 'Switch Algo Trading on in MT5, and allow it in the settings of the EA, then fire again.';
const atNewPrice =
  'The price moved meanwhile. Look at the price of now and fire again, or allow more slippage in the settings of the bridge.';
const symbolInMt5 = 'Write the symbol as Market Watch in MT5 shows it, and show it there.';
const lotsInMt5 =
  'Look in MT5 (Specification of the symbol) for the smallest and largest lots and their step, enter them in the symbol table, and fire lots that fit.';
const fewerLots = 'The free margin is too small for it: trade fewer lots, close a position, or pay in.';
const waitForPrices = 'The broker has no price now. Fire again once prices of this symbol move in MT5.';
const gone = 'Look in MT5: the position or order is not there any more.';

/** What a trader can do about a return code by which nothing was traded. */
const byCode: Readonly<Record<number, string>> = {
  4752: algoTrading,
  4753: gone,
  4754: gone,
  4755: gone,
  4756: 'MT5 names no reason here: look in its tabs Journal and Experts, and in Trade whether a position is there all the same.',
  10004: atNewPrice,
  10006: 'The broker gives no reason here: look in the tab Journal of MT5, and ask the broker if it says no more.',
  10007: 'It was cancelled in MT5. Fire again if you still want it.',
  10013:
    'Compare symbol, lots and stops with MT5 (Specification of the symbol), and whether the stop unit of the bridge is right.',
  10014: lotsInMt5,
  10015: 'The broker took the price for wrong. Fire again at the price of now.',
  10016:
    'Set stop loss and take profit further away from the price, each on its side (MT5: Specification of the symbol, Stops level), and look whether the stop unit of the bridge is right.',
  10017:
    'The broker does not let this symbol or this account trade: look in MT5 (Specification of the symbol, Trade), or ask the broker.',
  10018: 'Fire again when the market is open. MT5 shows its hours under Specification of the symbol.',
  10019: fewerLots,
  10020: atNewPrice,
  10021: waitForPrices,
  10022: 'Correct the time at which the order ends.',
  10024: 'Too many orders came at once. Wait a moment, then fire again.',
  10025: 'Nothing is to be done: it is so already.',
  10026: 'The broker has switched automatic trading off for this account. Trade by hand in MT5, and ask the broker.',
  10027: algoTrading,
  10029:
    'The price is too close to the stops of the position to change it now. Wait until it has moved, or act in MT5.',
  10030:
    'The EA asks for a filling that this symbol does not take (MT5: Specification of the symbol, Filling). Set it in the EA.',
  10032: 'The broker does this on real accounts only.',
  10033: 'The account has as many pending orders as the broker allows. Delete some in MT5.',
  10034: 'There are as many lots open in this symbol as the broker allows. Trade fewer, or close some.',
  10035: 'The broker does not take this kind of order for this symbol. Use another kind.',
  10036: gone,
  10038: 'Look in MT5 how many lots are open, and close no more than these.',
  10039: 'A close of this position is under way already. Wait for it, and look in MT5.',
  10040: 'There are as many positions open as the broker allows. Close one first.',
  10041: 'The broker cancelled the pending order. Set it again if you still want it.',
  10042: 'This symbol can only be bought now. Ask the broker why.',
  10043: 'This symbol can only be sold now. Ask the broker why.',
  10044: 'Positions in this symbol can only be closed now. Ask the broker why.',
  10045: 'Close the oldest position in this symbol first: the account asks for this order.',
  10046: 'Close the opposite position in this symbol first: the account holds no two sides at once.',
};

/** Sentences of EAs and of MT5 in other words than those of a return code, in lower case. */
const bySentence: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/not enough money|no money|(?:insufficient|not enough) (?:free )?(?:funds|money|margin)/, fewerLots],
  [/market (?:is )?closed/, byCode[10018] ?? ''],
  [
    /(?:trade|trading) (?:is )?(?:not allowed|prohibited)|auto ?trading (?:is )?disabled|algo trading (?:is )?disabled/,
    algoTrading,
  ],
  [/off quotes|no (?:quotes|prices)/, waitForPrices],
  [/requote|prices? (?:have )?changed/, atNewPrice],
  [/(?:unknown|invalid) symbol|symbol not found/, symbolInMt5],
  [/invalid (?:volume|lots?)/, lotsInMt5],
  [/invalid stops|invalid s\/l|invalid sl/, byCode[10016] ?? ''],
  [
    /no positions? (?:was |were )?found|position not found/,
    'Look in MT5 what is open, and close it there. EA v7 closes only positions of its own magic number.',
  ],
  [
    /invalid signal|unknown (?:action|command)|invalid action/,
    'The EA does not know this order. Look in MT5 which EA is on the chart, and in Experts what it says.',
  ],
  [/not in mt5, as a person found/, 'Nothing is to be done.'],
];

const sentencesOfCodes = [...retcodes.values()].flatMap(({ code, texts }) =>
  texts.filter((text) => text.includes(' ')).map((text) => [text.toLowerCase(), code] as const),
);

/**
 * What a person can do about a rejection.
 * @param said the order's message
 */
export function rejectAdvice(said: string | null): string {
  const text = (said ?? '').toLowerCase();
  const known = codesIn(said ?? '').find((code) => code in byCode);
  const spoken = sentencesOfCodes.find(([sentence, code]) => code in byCode && text.includes(sentence))?.[1];
  return (
    byCode[known ?? spoken ?? 0] ??
    bySentence.find(([pattern]) => pattern.test(text))?.[1] ??
    'Look in MT5, in the tabs Experts and Journal, why it was rejected.'
  );
}
