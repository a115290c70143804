"""Fires signals at BITTEN Desk's gateway: one request, never sent again, and an answer that says what is known.

One file; needs Python 3.9 or newer and pyzmq. Copy it beside your engine::

    from bitten_desk import execute_zmq_fire

    answer = execute_zmq_fire(
        {"signal_id": "VENOM_XAU_001", "action": "buy", "symbol": "XAUUSD", "lot": 0.1, "sl": 200, "tp": 400},
        engine="VENOM",
        token=os.environ["BITTEN_TOKEN"],
    )
    if answer["type"] == "trade_result":
        print("filled as", answer["ticket"])

From the command line, with the token in the environment variable BITTEN_TOKEN::

    python bitten_desk.py ping VENOM
    python bitten_desk.py fire VENOM signal_id=VENOM_XAU_001 action=buy symbol=XAUUSD lot=0.1 sl=200 tp=400
    python bitten_desk.py order VENOM VENOM_XAU_001
    python bitten_desk.py positions VENOM
    python bitten_desk.py close VENOM signal_id=VENOM_XAU_001_C position=2200000001 lot=0.05
    python bitten_desk.py modify VENOM signal_id=VENOM_XAU_001_M position=2200000001 sl_price=2335
    python bitten_desk.py cancel VENOM signal_id=VENOM_XAU_002_K order=2200000021
"""

import argparse
import json
import os
import sys
import time
from typing import Any, Callable, Dict, Optional, Tuple, Union

import zmq
from zmq.utils.monitor import recv_monitor_message

__all__ = [
    "execute_zmq_fire",
    "close_position",
    "modify_position",
    "modify_order",
    "cancel_order",
    "list_positions",
    "list_orders",
    "list_deals",
    "query_order",
    "ping",
]

DEFAULT_ENDPOINT = "tcp://127.0.0.1:5559"

#: A desk on this machine shakes hands within a millisecond; after so many seconds nobody who could is there.
_HANDSHAKE_S = 2.0
#: Answers that came before the connection broke are read within this time, in seconds.
_LAST_ANSWERS_S = 0.05
#: A longer request is read by no desk.
_MAX_REQUEST_BYTES = 16 * 1024

_LOOK_FIRST = "Look in the desk, or ask how the order stands, before you fire anything in its place."

#: So many seconds positions may take to agree with a success that the EA does not prove.
_AGREE_WITHIN_S = 10.0

Answer = Dict[str, Any]


class _Soon:
    """Another reply follows, within so many seconds or not at all."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


_Take = Callable[[Answer], Union[Answer, _Soon, None]]


def execute_zmq_fire(
    signal: Dict[str, Any],
    *,
    engine: str,
    token: str,
    endpoint: str = DEFAULT_ENDPOINT,
    timeout: float = 15.0,
    on_ack: Optional[Callable[[Answer], None]] = None,
    on_unverified: Optional[Callable[[Answer], None]] = None,
) -> Answer:
    """Fires a signal once and waits for what becomes of it.

    Nothing is ever sent again, and nothing is left behind that could be sent later. A desk that stood still meanwhile
    refuses the signal by its time of sending.

    :param signal: ``signal_id``, ``action`` (buy, sell, close, close_all), ``symbol``, ``lot`` in lots, ``sl`` and ``tp``
        in the unit of the bridge (0 is none), or any of the other names that docs/engines.md lists.
    :param engine: name of the engine as it was added in the desk.
    :param token: what the desk showed when the engine was added.
    :param timeout: the longest wait, in seconds. The desk gives an EA 10 s. In mode ``ask`` a person has the time that
        the engine's expiry says, 60 s at first: give more than that.
    :param on_ack: called with ``{"type": "ack", "state": "sent"}`` when the order is on its way, or with ``"state":
        "waiting"`` when a person is asked. What it raises is raised here, and the outcome is lost to the caller.
    :param on_unverified: called with the ``unknown`` of an order whose success the EA does not prove. Positions may agree
        within 10 s; where they don't, it is what is returned.
    :returns: a dict whose ``type`` is

        - ``trade_result``: filled, with ``ticket`` and ``price``; ``traded_lot`` where the EA told it (look whether it is
          what you asked for); ``unverified`` is true where ticket or price is missing
        - ``error``: the EA or the broker said no, in ``error``
        - ``refused``: by this request nothing was traded; ``code``, ``reason`` and ``next_step`` say why. The code
          ``unreachable`` means that nothing left this process.
        - ``unknown``: it may have been traded; ``reason`` says why nobody knows. Look before you fire again.
    :raises zmq.ZMQError: ``endpoint`` is none. Nothing was sent then.
    :raises TypeError, ValueError: the signal can't be written as JSON. Nothing was sent then.
    """
    signal_id = next((signal[name] for name in ("signal_id", "fire_id", "mission_id") if name in signal), "")
    return _submit("signal", signal, signal_id, engine, token, endpoint, timeout, on_ack, on_unverified)


def close_position(
    position: str,
    *,
    signal_id: str,
    engine: str,
    token: str,
    lot: Optional[float] = None,
    by: Optional[str] = None,
    account: Optional[str] = None,
    bridge: Optional[str] = None,
    endpoint: str = DEFAULT_ENDPOINT,
    timeout: float = 15.0,
    on_ack: Optional[Callable[[Answer], None]] = None,
) -> Answer:
    """Closes a position that the engine has opened, once, and waits for what becomes of it.

    :param position: its number, as text of digits: the ``position`` of :func:`list_positions`.
    :param signal_id: an ID of its own. The same one again gets the first result, and nothing is sent again.
    :param lot: lots of it to be closed; all of it when left out.
    :param by: number of an opposite position of its symbol that it is closed by.
    :param account: name of the account that the number was taken from; another one is refused.
    :returns: as :func:`execute_zmq_fire`; ``trade_result`` says that it is done.
    """
    request = {"signal_id": signal_id, "position": position, "lot": lot, "by": by, "account": account, "bridge": bridge}
    return _submit("close", _stated(request), signal_id, engine, token, endpoint, timeout, on_ack)


def modify_position(
    position: str,
    *,
    signal_id: str,
    engine: str,
    token: str,
    sl_price: Optional[float] = None,
    tp_price: Optional[float] = None,
    account: Optional[str] = None,
    bridge: Optional[str] = None,
    endpoint: str = DEFAULT_ENDPOINT,
    timeout: float = 15.0,
    on_ack: Optional[Callable[[Answer], None]] = None,
) -> Answer:
    """Sets the stops of a position that the engine has opened, once, and waits for what becomes of it.

    A stop loss that would move away from the price waits for a person, in every mode: give ``timeout`` the time that
    the engine's expiry says.

    :param sl_price: a price, 0 for none; as it is when left out. So is ``tp_price``.
    :returns: as :func:`close_position`
    """
    stops = {"sl_price": sl_price, "tp_price": tp_price}
    request = {"signal_id": signal_id, "position": position, **stops, "account": account, "bridge": bridge}
    return _submit("modify", _stated(request), signal_id, engine, token, endpoint, timeout, on_ack)


def modify_order(
    order: str,
    *,
    signal_id: str,
    engine: str,
    token: str,
    price: Optional[float] = None,
    limit_price: Optional[float] = None,
    sl_price: Optional[float] = None,
    tp_price: Optional[float] = None,
    until: Optional[int] = None,
    account: Optional[str] = None,
    bridge: Optional[str] = None,
    endpoint: str = DEFAULT_ENDPOINT,
    timeout: float = 15.0,
    on_ack: Optional[Callable[[Answer], None]] = None,
) -> Answer:
    """Changes a pending order that the engine has placed, once, and waits for what becomes of it.

    :param order: its number, as text of digits: the ``order`` of :func:`list_orders`.
    :param price: the price at which it waits; as it is when left out, as everything else.
    :param limit_price: of a stop-limit order alone.
    :param until: when it expires, in Unix seconds of the broker's clock; 0: until cancelled.
    :returns: as :func:`close_position`
    """
    entry = {"price": price, "limit_price": limit_price, "until": until}
    stops = {"sl_price": sl_price, "tp_price": tp_price}
    request = {"signal_id": signal_id, "order": order, **entry, **stops, "account": account, "bridge": bridge}
    return _submit("modify", _stated(request), signal_id, engine, token, endpoint, timeout, on_ack)


def cancel_order(
    order: str,
    *,
    signal_id: str,
    engine: str,
    token: str,
    account: Optional[str] = None,
    bridge: Optional[str] = None,
    endpoint: str = DEFAULT_ENDPOINT,
    timeout: float = 15.0,
    on_ack: Optional[Callable[[Answer], None]] = None,
) -> Answer:
    """Deletes a pending order that the engine has placed, once, and waits for what becomes of it.

    :returns: as :func:`close_position`
    """
    request = {"signal_id": signal_id, "order": order, "account": account, "bridge": bridge}
    return _submit("cancel", _stated(request), signal_id, engine, token, endpoint, timeout, on_ack)


def list_positions(**asked: Any) -> Answer:
    """A page of the open positions that the engine has opened, or of all where a person permits that.

    :param asked: ``engine`` and ``token``; ``limit`` (1 to 100), ``cursor`` (the ``next`` of the page before), ``account``,
        ``bridge``, ``endpoint``, ``timeout`` in seconds
    :returns: ``{"type": "positions", "account", "at", "positions": [...], "next"}`` with ``next`` None on the last page,
        or ``{"type": "no_answer", "code", "reason"}``
    """
    return _list("positions", **asked)


def list_orders(**asked: Any) -> Answer:
    """A page of the pending orders, as :func:`list_positions`; they are in ``orders``."""
    return _list("orders", **asked)


def list_deals(**asked: Any) -> Answer:
    """A page of the closed trades, the newest first, as :func:`list_positions`; they are in ``deals``.

    :param asked: also ``since``: Unix time of the earliest
    """
    return _list("deals", **asked)


def _list(
    kind: str,
    *,
    engine: str,
    token: str,
    endpoint: str = DEFAULT_ENDPOINT,
    timeout: float = 5.0,
    **more: Any,
) -> Answer:
    request = {**_stated(more), "type": kind, "engine": engine, "token": token}

    def take(reply: Answer) -> Optional[Answer]:
        if reply["type"] == "refused":
            return {**reply, "type": "no_answer"}
        return reply if reply["type"] == kind else None

    ended, answer = _converse(request, endpoint, timeout, take)
    return answer if ended == "answered" else {"type": "no_answer", "code": answer["code"], "reason": answer["reason"]}


def _stated(fields: Dict[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _submit(
    kind: str,
    fields: Dict[str, Any],
    signal_id: str,
    engine: str,
    token: str,
    endpoint: str,
    timeout: float,
    on_ack: Optional[Callable[[Answer], None]],
    on_unverified: Optional[Callable[[Answer], None]] = None,
) -> Answer:
    """Sends a request that becomes an order, once, and waits for what becomes of it."""
    waiting: Dict[str, float] = {}
    unverified: Answer = {}

    def take(reply: Answer) -> Union[Answer, _Soon, None]:
        if reply["type"] == "unknown" and reply.get("unverified") is True:
            first = not unverified
            unverified.update({**reply, "signal_id": signal_id})
            if on_unverified is not None:
                on_unverified(dict(unverified))
            return _Soon(_AGREE_WITHIN_S) if first else None
        if reply["type"] in ("trade_result", "error", "unknown", "refused"):
            return {**reply, "signal_id": signal_id}
        if reply["type"] == "ack":
            waiting.clear()
            if reply.get("state") == "waiting":
                waiting["until"] = reply.get("expires_at", 0) / 1000
            if on_ack is not None:
                on_ack(reply)
        return None

    request = {**fields, "type": kind, "engine": engine, "token": token, "sent_at": int(time.time() * 1000)}
    ended, answer = _converse(request, endpoint, timeout, take)
    if ended == "answered":
        return answer
    if ended == "in_doubt" and unverified:
        return unverified
    if ended == "in_doubt":
        doubt = "The signal may have been fired." if kind == "signal" else "The change may have been sent."
        reason = f"{answer['reason']} {doubt}"
        if waiting:
            until = time.strftime("%H:%M:%S", time.localtime(waiting["until"]))
            reason += f" A person is asked until {until} and may still fire it."
        return {"type": "unknown", "signal_id": signal_id, "reason": reason, "next_step": _LOOK_FIRST}
    return {"type": "refused", "signal_id": signal_id, **answer}


def query_order(
    signal_id: str,
    *,
    engine: str,
    token: str,
    endpoint: str = DEFAULT_ENDPOINT,
    timeout: float = 5.0,
    bridge: Optional[str] = None,
) -> Answer:
    """Asks how an order of the engine's own stands. Sends nothing to the EA.

    :param bridge: ID of the bridge; every one when left out.
    :returns: as :func:`execute_zmq_fire`, or with the types ``ack`` (it is on its way, or waits for a person),
        ``not_found`` (it never arrived, or was refused before it became an order), or ``no_answer`` with ``code`` and
        ``reason``: the question was not answered, which says nothing about the order.
    """
    request = {"type": "order", "signal_id": signal_id, "engine": engine, "token": token}
    if bridge is not None:
        request["bridge"] = bridge
    kinds = ("trade_result", "error", "unknown", "refused", "ack", "not_found")
    return _ask(request, endpoint, timeout, kinds)


def ping(*, engine: str, token: str, endpoint: str = DEFAULT_ENDPOINT, timeout: float = 5.0) -> Answer:
    """Asks whether the desk is there and knows the engine.

    :returns: ``{"type": "pong", "engine": …}``, or ``{"type": "no_answer", "code": …, "reason": …}``.
    """
    return _ask({"type": "ping", "engine": engine, "token": token}, endpoint, timeout, ("pong",))


def _ask(request: Answer, endpoint: str, timeout: float, kinds: Tuple[str, ...]) -> Answer:
    of_question = ("unauthorized", "invalid_request", "invalid_bridge", "journal_failed")

    def take(reply: Answer) -> Optional[Answer]:
        if reply["type"] == "refused" and reply.get("code") in of_question:
            return {**reply, "type": "no_answer"}
        return reply if reply["type"] in kinds else None

    ended, answer = _converse(request, endpoint, timeout, take)
    if ended == "answered":
        return answer
    return {"type": "no_answer", "code": answer["code"], "reason": answer["reason"]}


def _converse(
    request: Answer, endpoint: str, timeout: float, take: _Take
) -> Tuple[str, Answer]:
    """Says one thing to a gateway, once, and listens until ``take`` has made an answer of a reply.

    Nothing is sent before a gateway has shaken hands. The socket knows one connection and is closed with everything in
    it, so that nothing reaches an app that comes later.

    :returns: ``answered``, ``not_sent`` or ``in_doubt``, and the answer or the reason
    """
    frame = json.dumps(request, allow_nan=False).encode("utf-8")
    if len(frame) > _MAX_REQUEST_BYTES:
        reason = f"The request has {len(frame)} bytes; at most {_MAX_REQUEST_BYTES} are read. Nothing was sent."
        step = "Send what the desk needs to know, and no more."
        return "not_sent", {"code": "invalid_request", "reason": reason, "next_step": step}
    deadline = time.monotonic() + timeout
    # A context of its own, so that it works in a process that was forked too.
    with zmq.Context() as context, context.socket(zmq.DEALER) as socket:
        socket.setsockopt(zmq.LINGER, 0)
        socket.setsockopt(zmq.IMMEDIATE, 1)
        socket.setsockopt(zmq.RECONNECT_IVL, -1)
        socket.setsockopt(zmq.HANDSHAKE_IVL, int(_HANDSHAKE_S * 1000))
        socket.setsockopt(zmq.MAXMSGSIZE, 64 * 1024)
        monitor = socket.get_monitor_socket()
        try:
            socket.connect(endpoint)
            shaken = _next_event(monitor, min(deadline, time.monotonic() + _HANDSHAKE_S))
            if shaken != zmq.EVENT_HANDSHAKE_SUCCEEDED or not _send(socket, frame):
                reason = f"No gateway answers at {endpoint}. Nothing was sent."
                step = "Start the desk, or correct the endpoint. Fire again if the signal still holds."
                return "not_sent", {"code": "unreachable", "reason": reason, "next_step": step}
            return _listen(socket, monitor, endpoint, deadline, timeout, take)
        finally:
            socket.disable_monitor()
            monitor.close(linger=0)


def _listen(
    socket: zmq.Socket,
    monitor: zmq.Socket,
    endpoint: str,
    deadline: float,
    timeout: float,
    take: _Take,
) -> Tuple[str, Answer]:
    doubt = {"code": "timed_out", "reason": f"There was no answer within {timeout:g} s."}
    poller = zmq.Poller()
    poller.register(socket, zmq.POLLIN)
    poller.register(monitor, zmq.POLLIN)
    while True:
        ready = dict(poller.poll(max(0, int((deadline - time.monotonic()) * 1000))))
        if socket in ready:
            answer = _read(socket, take)
            if isinstance(answer, _Soon):
                deadline = min(deadline, time.monotonic() + answer.seconds)
            elif answer is not None:
                return "answered", answer
        elif monitor in ready:
            if _next_event(monitor, time.monotonic()) is not None:
                doubt = {"code": "connection_lost", "reason": f"The connection to {endpoint} broke."}
                poller.unregister(monitor)
                deadline = min(deadline, time.monotonic() + _LAST_ANSWERS_S)
        elif time.monotonic() >= deadline:
            return "in_doubt", doubt


_FATAL_EVENTS = (
    zmq.EVENT_DISCONNECTED,
    zmq.EVENT_CLOSED,
    zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL,
    zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL,
    zmq.EVENT_HANDSHAKE_FAILED_AUTH,
)


def _next_event(monitor: zmq.Socket, deadline: float) -> Optional[int]:
    """The next event that matters until then: hands were shaken, or the connection is gone."""
    while monitor.poll(max(0, int((deadline - time.monotonic()) * 1000))):
        event = recv_monitor_message(monitor)["event"]
        if event == zmq.EVENT_HANDSHAKE_SUCCEEDED or event in _FATAL_EVENTS:
            return int(event)
    return None


def _send(socket: zmq.Socket, frame: bytes) -> bool:
    """Whether the frame is in the socket; what isn't is nowhere."""
    if not socket.poll(200, zmq.POLLOUT):
        return False
    try:
        socket.send(frame, zmq.DONTWAIT)
    except zmq.Again:
        return False
    return True


def _read(socket: zmq.Socket, take: _Take) -> Union[Answer, _Soon, None]:
    frame = socket.recv_multipart()[0]
    try:
        reply = json.loads(frame)
    except ValueError:
        # What it meant to say is in doubt, never guessed.
        return None
    return take(reply) if isinstance(reply, dict) and isinstance(reply.get("type"), str) else None


_TEXTS = ("signal_id", "fire_id", "mission_id", "symbol", "pair", "bridge", "position", "by", "order", "account")


def _pair(text: str) -> Tuple[str, Any]:
    """``lot=0.1`` is a number, ``symbol=XAUUSD`` is text."""
    name, separator, value = text.partition("=")
    if separator == "":
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    if name in _TEXTS:
        return name, value
    try:
        return name, float(value)
    except ValueError:
        return name, value


def _main() -> int:
    parser = argparse.ArgumentParser(description="Fire at BITTEN Desk. The token is read from BITTEN_TOKEN.")
    commands = parser.add_subparsers(dest="command", required=True)
    fire = commands.add_parser("fire", help="fire a signal once and wait for what becomes of it")
    order = commands.add_parser("order", help="ask how an order stands")
    changes = [
        commands.add_parser("close", help="close a position once: signal_id= position= and lot= or by="),
        commands.add_parser("modify", help="change stops or a pending order once: signal_id= position= sl_price= …"),
        commands.add_parser("cancel", help="delete a pending order once: signal_id= order="),
    ]
    lists = [commands.add_parser(kind, help=f"a page of {kind}") for kind in ("positions", "orders", "deals")]
    ping_command = commands.add_parser("ping", help="ask whether the desk is there")
    for command in (fire, order, *changes, *lists, ping_command):
        command.add_argument("engine", help="name of the engine")
        command.add_argument("--endpoint", default=DEFAULT_ENDPOINT)
        command.add_argument("--timeout", type=float, help="longest wait in seconds")
    fire.add_argument("signal", nargs="+", type=_pair, metavar="NAME=VALUE", help="such as action=buy symbol=XAUUSD")
    order.add_argument("signal_id")
    for command in changes:
        command.add_argument("fields", nargs="+", type=_pair, metavar="NAME=VALUE", help="see docs/engines.md")
    for command in lists:
        command.add_argument("--limit", type=int, help="most entries, 1 to 100")
        command.add_argument("--cursor", help='"next" of the page before')
        command.add_argument("--account", help="name of the account")
        command.add_argument("--bridge", help="ID of the bridge")
    lists[-1].add_argument("--since", type=float, help="Unix time of the earliest")
    arguments = parser.parse_args()
    token = os.environ.get("BITTEN_TOKEN", "")
    if token == "":
        parser.error("set BITTEN_TOKEN to the token that the desk showed when the engine was added")
    who: Dict[str, Any] = {"engine": arguments.engine, "token": token, "endpoint": arguments.endpoint}
    if arguments.timeout is not None:
        who["timeout"] = arguments.timeout
    if arguments.command == "fire":
        answer = execute_zmq_fire(dict(arguments.signal), **who)
    elif arguments.command == "order":
        answer = query_order(arguments.signal_id, **who)
    elif arguments.command in ("close", "modify", "cancel"):
        fields = dict(arguments.fields)
        timeout = who.pop("timeout", 15.0)
        signal_id = fields.get("signal_id", "")
        answer = _submit(arguments.command, fields, signal_id, timeout=timeout, on_ack=None, **who)
    elif arguments.command in ("positions", "orders", "deals"):
        asked = ("limit", "cursor", "account", "bridge", "since")
        answer = _list(arguments.command, **who, **{name: getattr(arguments, name, None) for name in asked})
    else:
        answer = ping(**who)
    print(json.dumps(answer))
    # As `bitten-desk fire` ends.
    return {"refused": 2, "error": 3, "unknown": 4, "no_answer": 5}.get(answer["type"], 0)


if __name__ == "__main__":
    sys.exit(_main())
