"""An EA that sends ticks as fast as its socket takes them, until its standard input ends. Then it prints how many it sent
and stays until it is killed, so that nothing is lost by its end. argv: telemetry endpoint"""

import sys
import threading
import time

import zmq

TICK = b'{"type":"tick","symbol":"EURUSD","bid":1.15548,"ask":1.15561,"spread":13.0,"volume":0,"timestamp":1754060224}'

socket = zmq.Context().socket(zmq.PUSH)
socket.setsockopt(zmq.SNDHWM, 200_000)
socket.setsockopt(zmq.SNDTIMEO, 20_000)
socket.connect(sys.argv[1])
over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
sent = 0
while not over.is_set():
    for _ in range(100):
        socket.send(TICK)
    sent += 100
print(sent, end="", flush=True)
time.sleep(120)
