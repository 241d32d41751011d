"""Another network on the weights of a shipped graph: its constants kept, its nodes exchanged.

ONNX models are Protocol Buffers messages, and two messages of a kind written one after the other are read as one whose
lists are joined. So a file that holds the nodes, inputs, outputs and few constants of a second network, put behind the
first graph without its own, makes a whole model, and weights that both use ship once.
"""

from __future__ import annotations

from collections.abc import Iterator

_GRAPH = 7  # ModelProto.graph
_NODE, _CONSTANT, _INPUT, _OUTPUT, _VALUE = 1, 5, 11, 12, 13  # GraphProto
_NAME, _RAW = 8, 9  # TensorProto


def graft(model: bytes, part: bytes) -> bytes:
    """A model with the constants of `model` and the nodes, inputs and outputs of `part`.

    Raises ValueError where `model` is no message.
    """
    kept: list[bytes | memoryview] = []
    view = memoryview(model)
    for number, start, body, end in _fields(view):
        if number == _GRAPH:
            rest = [
                view[body + first : body + last]
                for inner, first, _, last in _fields(view[body:end])
                if inner not in (_NODE, _INPUT, _OUTPUT, _VALUE)
            ]
            kept += [_key(_GRAPH), _number(sum(map(len, rest))), *rest]
        else:
            kept.append(view[start:end])
    return b"".join([*kept, part])


def raw_constant(model: bytes, name: str) -> memoryview:
    """The raw bytes of a constant; raises KeyError where the graph has none of that name."""
    view = memoryview(model)
    for number, _, body, end in _fields(view):
        if number != _GRAPH:
            continue
        graph = view[body:end]
        for inner, _, first, last in _fields(graph):
            if inner != _CONSTANT:
                continue
            tensor = graph[first:last]
            parts = {each: (a, b) for each, _, a, b in _fields(tensor) if each in (_NAME, _RAW)}
            if _NAME in parts and bytes(tensor[slice(*parts[_NAME])]) == name.encode() and _RAW in parts:
                return tensor[slice(*parts[_RAW])]
    raise KeyError(name)


def _fields(message: memoryview) -> Iterator[tuple[int, int, int, int]]:
    """Number, start, start of the value and end of each field of a message."""
    at = 0
    while at < len(message):
        start = at
        key, at = _read_number(message, at)
        kind = key & 7
        body = at
        if kind == 0:
            _, at = _read_number(message, at)
        elif kind == 2:
            length, body = _read_number(message, at)
            at = body + length
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        else:
            raise ValueError(f"field of kind {kind} at byte {start}")
        if at > len(message):
            raise ValueError(f"field at byte {start} reaches beyond the end")
        yield key >> 3, start, body, at


def _read_number(message: memoryview, at: int) -> tuple[int, int]:
    """A base-128 number and where it ends."""
    value = shift = 0
    while True:
        if at >= len(message) or shift > 63:
            raise ValueError(f"no number at byte {at}")
        byte = message[at]
        value |= (byte & 127) << shift
        at += 1
        if byte < 128:
            return value, at
        shift += 7


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def _key(field: int) -> bytes:
    return _number(field << 3 | 2)
