"""The shipped model: its files, checked before use, and the encoder that runs it.

The one file that imports ONNX Runtime. One window a call, on one thread: activations are quantised with a scale per
call, so a call must never hold words of two articles, and sums in one order make the same record on any machine load.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from sayso.extraction import labels
from sayso.extraction.confidence import Calibration
from sayso.extraction.decoding import Floats, MentionScores, Scores, Thresholds
from sayso.extraction.grafting import graft, raw_constant
from sayso.extraction.shipped import ENGLISH, VOCABULARY, checked_bytes, parameters_of
from sayso.extraction.tokens import Tokens
from sayso.extraction.windows import WindowPlan, plan_windows
from sayso.extraction.wordpiece import WordPieces

GRAPH = "attribution.int8.onnx"
PARAMETERS = "parameters.json"
VECTORS = "vectors.part.onnx"
VECTOR_PARAMETERS = "vectors.json"

_COLUMNS = np.cumsum(list(labels.HEADS.values()))


Inputs = dict[str, npt.NDArray[np.int64]]
"""Of one window: `pieces` and `features` [pieces], and `firsts` [words], the first piece of each word that is kept."""


@dataclass(slots=True)
class Model:
    """Everything that turns an article's tokens into scores, and scores into attributions."""

    pieces: WordPieces
    session: onnxruntime.InferenceSession
    distance: Floats
    """[26, 5] what a role gains by its distance from the cue"""
    span_distance: Floats
    """[22] what a word gains by its distance from the head of a mention"""
    link_distance: Floats
    """[17] what an earlier mention gains by how many mentions lie between"""
    thresholds: Thresholds
    calibration: Calibration
    linking: dict[str, npt.NDArray[np.float64]]
    """[features] the weights by which speakers are chosen, by sort of mention (`sayso.speakers.ranking`)"""

    def scores(self, tokens: Tokens) -> Scores:
        """One encoder pass over the article, window after window."""
        raw = _room_for(tokens)
        for plan, inputs in self.windows(tokens):
            self._run(plan, inputs, raw)
        return self._scores(raw)

    def windows(self, tokens: Tokens) -> Iterator[tuple[WindowPlan, Inputs]]:
        """The article's windows, each with what goes into the network."""
        for plan in plan_windows(tokens.first_piece):
            low, high = int(tokens.first_piece[plan.start]), int(tokens.first_piece[plan.end])
            lengths = np.diff(tokens.first_piece[plan.start : plan.end + 1])
            yield (
                plan,
                {
                    "pieces": np.concatenate([[self.pieces.first], tokens.pieces[low:high], [self.pieces.last]]),
                    "features": np.concatenate([[0], np.repeat(tokens.feature[plan.start : plan.end], lengths), [0]]),
                    "firsts": tokens.first_piece[plan.keep_start : plan.keep_end] - low + 1,
                },
            )

    def scores_many(
        self, articles: Mapping[int, Tokens], *, on_begin: Callable[[int], None] = lambda number: None
    ) -> dict[int, Scores | Exception]:
        """The same of each of some articles, by number, or the error that it came to; shorter windows come first.

        `on_begin` is told before each window whose it is. Raises MemoryError.
        """
        raw = {number: _room_for(tokens) for number, tokens in articles.items()}
        failed: dict[int, Exception] = {}
        windows = [
            (len(inputs["pieces"]), number, plan, inputs)
            for number, tokens in articles.items()
            for plan, inputs in self.windows(tokens)
        ]
        for _, number, plan, inputs in sorted(windows, key=lambda window: window[:2]):
            on_begin(number)
            try:
                self._run(plan, inputs, raw[number])
            except MemoryError:
                raise
            except Exception as error:
                failed[number] = error
        return {number: failed.get(number) or self._scores(raw.pop(number)) for number in articles}

    def _run(self, plan: WindowPlan, inputs: Inputs, raw: Floats) -> None:
        """Puts what the network says of a window's words among the article's."""
        (raw[plan.keep_start : plan.keep_end],) = self.session.run(None, inputs)

    def _scores(self, raw: Floats) -> Scores:
        count = len(raw)
        parts = dict(zip(labels.HEADS, np.split(raw, _COLUMNS[:-1], axis=1), strict=True))
        shape = (count, len(labels.ROLE_TAGS), labels.PAIR_WIDTH)
        return Scores(
            tags=_log_softmax(parts["tags"]),
            cue_tags=_log_softmax(parts["cue_tags"]),
            from_cue=parts["from_cue"].reshape(shape),
            to_word=parts["to_word"].reshape(shape),
            distance=self.distance,
            mentions=MentionScores(
                tags=_log_softmax(parts["mention"]),
                span_head=parts["span_head"],
                span_word=parts["span_word"],
                span_distance=self.span_distance,
                link_from=parts["link_from"],
                link_to=parts["link_to"],
                link_distance=self.link_distance,
            ),
            act=_log_softmax(parts["act"]),
            stance=_log_softmax(parts["stance"]),
        )


def _room_for(tokens: Tokens) -> Floats:
    """[words, columns] for what the network says of an article's words."""
    return np.empty((len(tokens.words), int(_COLUMNS[-1])), dtype=np.float32)


def _log_softmax(raw: Floats) -> Floats:
    shifted = raw - raw.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), dtype=np.float32)


def open_session(graph: bytes, *, profile: Path | None = None) -> onnxruntime.InferenceSession:
    """A graph ready to run, on one thread; with `profile`, what each node takes is written to files that begin so."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if profile is not None:
        options.enable_profiling, options.profile_file_prefix = True, str(profile)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def network_of(folder: Path) -> bytes:
    """The encoder's graph.

    Raises DamagedModel if its file is missing or is not the one whose SHA-256 stands in `parameters.json`.
    """
    with parameters_of(folder / PARAMETERS) as parameters:
        return checked_bytes(folder / GRAPH, parameters["sha256"][GRAPH])


def read_model(folder: Path) -> Model:
    """The model in a folder.

    Raises DamagedModel if a file is missing or is not the one whose SHA-256 stands in `parameters.json`.
    """
    with parameters_of(folder / PARAMETERS) as parameters:
        hashes = parameters["sha256"]
        vocabulary = checked_bytes(folder / VOCABULARY, hashes[VOCABULARY])
    thresholds = dict(parameters["thresholds"])
    thresholds["span_bonus"] = tuple(thresholds["span_bonus"])
    return Model(
        pieces=WordPieces(vocabulary.decode("utf-8").splitlines()),
        session=open_session(network_of(folder)),
        distance=np.array(parameters["distance"], dtype=np.float32),
        span_distance=np.array(parameters["span_distance"], dtype=np.float32),
        link_distance=np.array(parameters["link_distance"], dtype=np.float32),
        thresholds=Thresholds(**thresholds),
        linking={sort: np.array(weights, dtype=np.float64) for sort, weights in parameters["linking"].items()},
        calibration=Calibration(**{name: tuple(values) for name, values in parameters["calibration"].items()}),
    )


@dataclass(frozen=True, slots=True)
class OpenVectors:
    """The sentence encoder's session, and raw tables by piece of the vocabulary."""

    session: onnxruntime.InferenceSession
    """pieces [pieces] in; `whole` [384], `words` [pieces, 384] and `weights` [pieces] out"""
    rows: memoryview
    """int8 [vocabulary, 384] the pieces' own vectors, without their scales"""
    scales: memoryview
    """float32 [vocabulary, 1]"""
    says: memoryview
    """uint8 [vocabulary] how much a piece says"""


def open_vectors(folder: Path) -> OpenVectors:
    """The sentence encoder of a folder: its part of a graph, put on the weights of the shipped one.

    Raises DamagedModel if a file is missing or is not the one whose SHA-256 stands in `vectors.json`.
    """
    with parameters_of(folder / VECTOR_PARAMETERS) as parameters:
        graph, part = (checked_bytes(folder / name, parameters["sha256"][name]) for name in (GRAPH, VECTORS))
        tables = [raw_constant(graph, parameters[name]) for name in ("rows", "scales")]
        tables.append(raw_constant(part, parameters["says"]))
    return OpenVectors(open_session(graft(graph, part)), *tables)


_LOADING = threading.Lock()


@cache
def _shared(folder: Path) -> Model:
    return read_model(folder)


def load_model(folder: Path = ENGLISH) -> Model:
    """The model in a folder, read once per process and shared by all threads."""
    with _LOADING:
        return _shared(folder)
