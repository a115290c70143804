"""Sends large frames to a telemetry port as fast as they are taken. argv: endpoint, what, bytes, frames."""

import json
import sys

import zmq

endpoint, what, size, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
pad = "x" * size
bar = {"time": 1, "open": 1.5, "high": 1.5, "low": 1.5, "close": 1.5}
frame = {
    "results": {"type": "trade_result", "signal_id": "NEVER", "status": "success", "message": pad},
    "heartbeats": {"type": "heartbeat", "balance": 3000, "equity": 3000, "pad": pad},
    "candles": {"type": "candle_batch", "symbol": "XAUUSD", "M1": [bar] * (size // 70)},
}[what]

context = zmq.Context()
socket = context.socket(zmq.PUSH)
socket.connect(endpoint)
data = json.dumps(frame).encode()
for _ in range(count):
    socket.send(data)
print(len(data) * count, flush=True)
socket.close()
context.term()
