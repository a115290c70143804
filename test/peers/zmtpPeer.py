"""One libzmq socket that binds, and sends or receives numbered messages; says what came as one line of JSON.

usage: zmtpPeer.py TYPE COUNT [name=value ...]
size, large: as in ZmtpProbe.mq5; zap=400: the code that ZAP answers; topic=a: goes before each message of a PUB
"""

import json
import sys
import threading

import zmq

kind, count = sys.argv[1], int(sys.argv[2])
option = dict(each.split("=", 1) for each in sys.argv[3:])
size, large = int(option.get("size", 150)), int(option.get("large", 0))
topic = option.get("topic", "").encode()
pattern = bytes((i * 7 + i // 256) & 0xFF for i in range(400_000))
limit_ms = int(option.get("limit", 120_000))


def body(number):
    length = number * 37 % size if size > 0 else 0
    if large > 0 and number % 1000 == 999:
        length = large
    return topic + b"%010d" % number + pattern[number % 251 : number % 251 + length]


context = zmq.Context()
socket = context.socket(getattr(zmq, kind))
socket.linger = 5_000
socket.sndtimeo = socket.rcvtimeo = limit_ms
if "hb" in option:
    socket.heartbeat_ivl, socket.heartbeat_timeout, socket.heartbeat_ttl = 200, 400, 600
if "zap" in option:
    handler = context.socket(zmq.REP)
    handler.bind("inproc://zeromq.zap.01")

    def answer():
        while True:
            version, request = handler.recv_multipart()[:2]
            handler.send_multipart([version, request, option["zap"].encode(), b"no", b"", b""])

    threading.Thread(target=answer, daemon=True).start()
    socket.zap_domain = b"test"
if kind == "XPUB":
    socket.xpub_nodrop = True
port = socket.bind_to_random_port("tcp://127.0.0.1")
print(json.dumps({"port": port}), flush=True)

got = wrong = 0
try:
    if kind in ("PUSH", "XPUB", "PUB"):
        if kind == "XPUB":
            subscription = socket.recv()
            wrong += subscription != b"\x01" + topic
        for number in range(count):
            socket.send(body(number))
            got += 1
    else:
        while got < count:
            parts = socket.recv_multipart()
            wrong += parts[-1] != body(got)
            if kind == "ROUTER":
                wrong += len(parts) != 3 or parts[1] != b""
            if kind in ("REP", "ROUTER"):
                socket.send_multipart(parts)
            got += 1
except zmq.Again:
    pass
print(json.dumps({"got": got, "wrong": wrong}), flush=True)
sys.stdin.read()
