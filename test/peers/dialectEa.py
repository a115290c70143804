"""An EA in Python that speaks one of the dialects that EAs in the field do, and trades whatever it is sent.

usage: dialectEa.py COMMAND TELEMETRY FEEDBACK DIALECT

Prints every command that it receives, one a line.
"""

import json
import os
import sys
import time

import zmq

_, command_endpoint, telemetry_endpoint, feedback_endpoint, dialect = sys.argv
context = zmq.Context()


def connect(kind, endpoint):
    socket = context.socket(kind)
    socket.setsockopt(zmq.LINGER, 0)
    if kind == zmq.SUB:
        socket.setsockopt(zmq.SUBSCRIBE, b"")
    socket.connect(endpoint)
    return socket


command = connect(zmq.SUB if dialect == "subscriber" else zmq.PULL, command_endpoint)
telemetry = connect(zmq.PUSH, telemetry_endpoint)
if dialect == "request":
    feedback = connect(zmq.REQ, feedback_endpoint)
else:
    feedback = telemetry if feedback_endpoint == telemetry_endpoint else connect(zmq.PUSH, feedback_endpoint)

ACCOUNT = '"uuid":"user-001","balance":834.22,"equity":818.90,"margin":112.12'
TICK = '"symbol":"XAUUSD","bid":2341.22,"ask":2341.47,"spread":25.0,"volume":3,"timestamp":1754060224'


def account():
    """What it says of the account, a few times a second."""
    return {
        "documented": ['{"type":"telemetry",%s}' % ACCOUNT],
        "bare": ['{%s,"free_margin":706.78,"profit":-15.32,"positions":1}' % ACCOUNT],
        "upper": ['{"type":"HEARTBEAT",%s}' % ACCOUNT, '{"type":"TICK",%s}' % TICK],
        "word": ['HEARTBEAT {%s}' % ACCOUNT, 'TICK {%s}' % TICK],
        "named": [
            '{"type":"heartbeat","user_uuid":"user-001","account":843859,"server":"Broker-Demo","currency":"USD",'
            '"leverage":500,"balance":834.22,"equity":818.90,"margin":112.12,"positions":1}',
            '{"type":"OHLC","symbol":"XAUUSD","timeframe":"M1","open":1,"high":1,"low":1,"close":1}',
        ],
    }.get(dialect, ['{"type":"telemetry",%s}' % ACCOUNT])


def result(signal, ticket):
    """What it says of an order that it has filled."""
    name, lot = signal["signal_id"], signal["lot"]
    if dialect == "bare":
        return '{"type":"confirmation","fire_id":"%s","status":"success","ticket":%d,"price":2341.22,"lot":%s,"message":"ok"}' % (
            name, ticket, lot,
        )
    if dialect == "upper":
        return '{"type":"TRADE_RESULT","signal_id":"%s","status":"SUCCESS","ticket":"%d","price":"2341.22000"}' % (name, ticket)
    if dialect == "word":
        return 'TRADE_RESULT {"signal_id":"%s","status":"success","ticket":%d,"price":2341.22}\0' % (name, ticket)
    if dialect == "named":
        return '{"type":"trade_result","signal_id":"%s","status":"success","ticket":%d,"price":2341.22,"slippage":-nan(ind)}' % (
            name, ticket,
        )
    return '{"type":"trade_result","signal_id":"%s","status":"success","ticket":%d,"price":2341.22}' % (name, ticket)


ticket = 500000
due = 0.0
parent = os.getppid()
# An EA that outlived its test would knock at ports that later tests are given.
while os.getppid() == parent:
    if time.monotonic() >= due:
        due = time.monotonic() + 0.2
        for text in account():
            telemetry.send_string(text)
    if not command.poll(50):
        continue
    frame = command.recv()
    print(frame.decode("ascii"), flush=True)
    message = json.loads(frame)
    if message["type"] == "ping" and dialect != "bare":
        telemetry.send_string('{"type":"pong"}')
    elif message["type"] == "signal":
        ticket += 1
        feedback.send_string(result(message, ticket))
        if dialect == "request":
            feedback.recv()
