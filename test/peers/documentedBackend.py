"""A backend that knows the documented messages alone: says what the EA told as lines of JSON, and ends when the last signal has its
result. It sends each signal once it has heard the EA's telemetry.

usage: documentedBackend.py push|pub shared|port|req SIGNAL...
SIGNAL: the JSON of a signal
"""

import json
import sys

import zmq

commands, feedback, signals = sys.argv[1], sys.argv[2], sys.argv[3:]
context = zmq.Context()
poller = zmq.Poller()


def bound(kind):
    socket = context.socket(kind)
    socket.linger = 1_000
    return socket, socket.bind_to_random_port("tcp://127.0.0.1")


command, command_port = bound(zmq.PUSH if commands == "push" else zmq.PUB)
telemetry, telemetry_port = bound(zmq.PULL)
poller.register(telemetry, zmq.POLLIN)
results, results_port = (None, 0)
if feedback != "shared":
    results, results_port = bound(zmq.PULL if feedback == "port" else zmq.REP)
    poller.register(results, zmq.POLLIN)
print(json.dumps({"command": command_port, "telemetry": telemetry_port, "feedback": results_port}), flush=True)

command.sndtimeo = 10_000
heard = 0
sent = 0
while True:
    ready = dict(poller.poll(20_000))
    if not ready:
        sys.exit("nothing was heard for 20 s")
    for socket in ready:
        text = socket.recv().decode("utf-8")
        message = json.loads(text)
        if feedback == "req" and socket is results:
            socket.send_json({"type": "ack", "signal_id": message.get("signal_id")})
        print(json.dumps({"on": "feedback" if socket is results else "telemetry", "said": message}), flush=True)
        heard += message.get("type") == "telemetry"
        isResult = message.get("type") in ("trade_result", "error")
        # A subscriber needs a moment: the first signal leaves with the second telemetry.
        if sent == 0 and heard == 2 or isResult:
            if sent == len(signals):
                sys.exit(0)
            command.send_string(signals[sent])
            sent += 1
