"""A feed: publishes each line of standard input as one frame. usage: feed.py <endpoint to bind>"""
import sys

import zmq

context = zmq.Context()
socket = context.socket(zmq.XPUB)
socket.setsockopt(zmq.LINGER, 0)
socket.bind(sys.argv[1])
print(socket.getsockopt_string(zmq.LAST_ENDPOINT), flush=True)
socket.recv()
print("subscribed", flush=True)
for line in sys.stdin:
    socket.send(line.rstrip("\n").encode())
