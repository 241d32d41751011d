"""An answer goes out at once: its body does not wait until the other side has acknowledged its head."""

from __future__ import annotations

import socket

from sayso.serving import _listening


def test_connections_send_at_once() -> None:
    with _listening("127.0.0.1", 0) as listener:
        # By this asyncio knows that it may switch off Nagle's algorithm on what is accepted here.
        assert listener.proto == socket.IPPROTO_TCP
        with socket.create_connection(listener.getsockname()) as caller:
            accepted, _ = listener.accept()
            with accepted:
                assert accepted.proto == socket.IPPROTO_TCP
                accepted.sendall(b"x")
                assert caller.recv(1) == b"x"
