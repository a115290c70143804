interface SnippetValues {
  engine: string;
  token: string;
  endpoint: string;
  /** Bridge to name in a signal; null: there is one only. */
  bridge: string | null;
}

/** Code to paste into an engine for its first signal; engine, token and endpoint need no escaping. */
export const snippets = {
  Python: ({ engine, token, endpoint, bridge }: SnippetValues) => `# bitten_desk.py lies in clients/python of the desk.
from bitten_desk import execute_zmq_fire

result = execute_zmq_fire(
    {
        "action": "buy",
        "symbol": "XAUUSD",
        "lot": 0.1,
        "sl": 500,
        "tp": 1000,
        "signal_id": "${engine}_XAU_001",
${bridge === null ? '' : `        "bridge": "${bridge}",\n`}    },
    engine="${engine}",
    token="${token}",
    endpoint="${endpoint}",
)
print(result)
`,
  TypeScript: ({
    engine,
    token,
    endpoint,
    bridge,
  }: SnippetValues) => `import { executeZmqFire } from 'bitten-desk/client';

const result = await executeZmqFire(
  { action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 500, tp: 1000, signal_id: '${engine}_XAU_001'${bridge === null ? '' : `, bridge: '${bridge}'`} },
  {
    engine: '${engine}',
    token: '${token}',
    endpoint: '${endpoint}',
  },
);
console.log(result);
`,
} as const;
