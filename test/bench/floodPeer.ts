import { connectZmtp } from '../support/zmtpConnection.ts';

// An EA that sends telemetry as fast as it is taken, until it is killed; as a SUB, a subscriber that sends what no subscriber
// does. argv: endpoint, PUSH (by default) or SUB

const [, , endpoint = '', role = 'PUSH'] = process.argv;
const frames = [
  '{"type":"heartbeat","balance":3000.00,"equity":2987.50,"positions":1,"timestamp":"2025.09.15 12:34:56"}',
  '{"type":"tick","symbol":"EURUSD","bid":1.15548,"ask":1.15561,"spread":13.0,"volume":0,"timestamp":1754060224}',
  '{"type":"telemetry","uuid":"user-001","balance":834.22,"equity":818.90,"margin":112.12}',
  '{"type":"tick","symbol":"XAUUSD","bid":2341.22000,"ask":2341.47000,"spread":25.0,"volume":0,"timestamp":1754060224}',
];
const block = Array.from({ length: 400 }, (_, index) => frames[index % frames.length] ?? '');

const connection = await connectZmtp(endpoint, role === 'SUB' ? 'SUB' : 'PUSH');
for (;;) await connection.send(block);
