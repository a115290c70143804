"""An EA in Python, with another ZeroMQ library (pyzmq), that knows nothing of this project's code.

usage: ea.py COMMAND TELEMETRY FEEDBACK MODE [--command-pattern push|pub] [--feedback-pattern push|req] [--lose SHARE]

MODE is fill, reject, silent, or vague: that reports success without ticket and price, and tells a position more
--rises seconds later (never where it is 0). Prints every frame that it receives, as it came, one a line; with REQ feedback also
"acked SIGNAL_ID TIMES_SENT" for every result that was acknowledged. Of the acknowledgements a share of --lose is
thrown away, as if it had never arrived, and the result is sent again.
"""

import argparse
import json
import os
import random
import time

import zmq

arguments = argparse.ArgumentParser()
for name in ("command", "telemetry", "feedback"):
    arguments.add_argument(name)
arguments.add_argument("mode", choices=["fill", "reject", "silent", "vague"])
arguments.add_argument("--command-pattern", choices=["push", "pub"], default="push")
arguments.add_argument("--feedback-pattern", choices=["push", "req"], default="push")
arguments.add_argument("--lose", type=float, default=0.0)
arguments.add_argument("--rises", type=float, default=0.0)
options = arguments.parse_args()

context = zmq.Context()
random.seed(1)


def connect(kind, endpoint):
    socket = context.socket(kind)
    socket.setsockopt(zmq.LINGER, 0)
    if kind == zmq.SUB:
        socket.setsockopt(zmq.SUBSCRIBE, b"")
    if kind == zmq.REQ:
        socket.setsockopt(zmq.REQ_RELAXED, 1)
        socket.setsockopt(zmq.REQ_CORRELATE, 1)
    socket.connect(endpoint)
    return socket


command = connect(zmq.SUB if options.command_pattern == "pub" else zmq.PULL, options.command)
telemetry = connect(zmq.PUSH, options.telemetry)
if options.feedback_pattern == "req":
    feedback = connect(zmq.REQ, options.feedback)
elif options.feedback == options.telemetry:
    feedback = telemetry
else:
    feedback = connect(zmq.PUSH, options.feedback)


def report(result):
    """Sends a result; by REQ until it is acknowledged."""
    text = json.dumps(result)
    if options.feedback_pattern != "req":
        feedback.send_string(text)
        return
    for times in range(1, 1000):
        feedback.send_string(text)
        if random.random() < options.lose:
            continue
        if feedback.poll(1000):
            answer = json.loads(feedback.recv())
            if answer == {"type": "ack", "signal_id": result["signal_id"]}:
                print("acked", result["signal_id"], times, flush=True)
            return


ticket = 500000
rises = []
next_telemetry = 0.0
parent = os.getppid()
# An EA that outlived its test would knock at ports that later tests are given.
while os.getppid() == parent:
    if time.monotonic() >= next_telemetry:
        next_telemetry = time.monotonic() + 0.2
        figures = {"type": "telemetry", "uuid": "user-001", "balance": 834.22, "equity": 818.9, "margin": 112.12}
        if options.mode == "vague":
            figures["positions"] = sum(at <= time.monotonic() for at in rises)
        telemetry.send_string(json.dumps(figures))
    if not command.poll(50):
        continue
    frame = command.recv()
    print(frame.decode("ascii"), flush=True)
    message = json.loads(frame)
    if message["type"] == "ping":
        telemetry.send_string('{"type":"pong","timestamp":"x"}')
    elif message["type"] == "signal" and options.mode == "fill":
        ticket += 1
        report(
            {
                "type": "trade_result",
                "signal_id": message["signal_id"],
                "status": "success",
                "ticket": ticket,
                "price": 2341.22,
            }
        )
    elif message["type"] == "signal" and options.mode == "reject":
        report({"type": "error", "signal_id": message["signal_id"], "error": "Trade is not allowed"})
    elif message["type"] == "signal" and options.mode == "vague":
        report({"type": "trade_result", "signal_id": message["signal_id"], "status": "success"})
        if options.rises > 0:
            rises.append(time.monotonic() + options.rises)
