"""An EA in Python, with another ZeroMQ library (pyzmq), that knows nothing of this project's code.

usage: ea.py COMMAND TELEMETRY FEEDBACK MODE    (MODE: fill, reject, silent)
Prints every frame that it receives, as it came, one a line.
"""

import json
import sys
import time

import zmq

command_endpoint, telemetry_endpoint, feedback_endpoint, mode = sys.argv[1:5]
context = zmq.Context()
command = context.socket(zmq.PULL)
command.setsockopt(zmq.LINGER, 0)
command.connect(command_endpoint)
telemetry = context.socket(zmq.PUSH)
telemetry.setsockopt(zmq.LINGER, 0)
telemetry.connect(telemetry_endpoint)
if feedback_endpoint == telemetry_endpoint:
    feedback = telemetry
else:
    feedback = context.socket(zmq.PUSH)
    feedback.setsockopt(zmq.LINGER, 0)
    feedback.connect(feedback_endpoint)

ticket = 500000
next_telemetry = 0.0
while True:
    if time.monotonic() >= next_telemetry:
        next_telemetry = time.monotonic() + 0.2
        telemetry.send_string(
            '{"type":"telemetry","uuid":"user-001","balance":834.22,"equity":818.90,"margin":112.12}'
        )
    if not command.poll(50):
        continue
    frame = command.recv()
    print(frame.decode("ascii"), flush=True)
    message = json.loads(frame)
    if message["type"] == "ping":
        feedback.send_string('{"type":"pong","timestamp":"x"}')
    elif message["type"] == "signal" and mode == "fill":
        ticket += 1
        feedback.send_string(
            json.dumps(
                {
                    "type": "trade_result",
                    "signal_id": message["signal_id"],
                    "status": "success",
                    "ticket": ticket,
                    "price": 2341.22,
                }
            )
        )
    elif message["type"] == "signal" and mode == "reject":
        feedback.send_string(
            json.dumps({"type": "error", "signal_id": message["signal_id"], "error": "Trade is not allowed"})
        )
