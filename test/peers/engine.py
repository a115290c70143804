"""An engine: sends each line of standard input as a request, and prints each answer as a line.

usage: engine.py <endpoint> dealer|req
"""
import sys
import threading

import zmq

endpoint, kind = sys.argv[1], sys.argv[2]
context = zmq.Context()
socket = context.socket(zmq.REQ if kind == "req" else zmq.DEALER)
socket.setsockopt(zmq.LINGER, 0)
socket.connect(endpoint)

if kind == "req":
    for line in sys.stdin:
        socket.send(line.rstrip("\n").encode())
        print(socket.recv().decode(), flush=True)
else:
    def read_lines():
        pipe = context.socket(zmq.PUSH)
        pipe.connect("inproc://lines")
        for line in sys.stdin:
            pipe.send(line.rstrip("\n").encode())
        pipe.send(b"")

    lines = context.socket(zmq.PULL)
    lines.bind("inproc://lines")
    threading.Thread(target=read_lines, daemon=True).start()
    poller = zmq.Poller()
    poller.register(socket, zmq.POLLIN)
    poller.register(lines, zmq.POLLIN)
    open_ = True
    while open_:
        for ready, _ in poller.poll():
            if ready is lines:
                line = lines.recv()
                open_ = line != b""
                if open_:
                    socket.send(line)
            else:
                print(socket.recv().decode(), flush=True)
