"""The engine for many machines: Ray Data carries the tasks to actors, each of which has a worker.

Ray itself does again what was lost with an actor or a machine. What is still missing after that is asked for again by
`sayso.batch.engines.apart`, which also begins Ray anew when nothing is heard of it. Done twice a task gives the same,
so nothing here has to be done only once.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sayso.batch.engines.apart import Apart
from sayso.batch.engines.same import Place, look_here, told_of
from sayso.batch.limits import Options
from sayso.batch.tasks import Task
from sayso.batch.worker import Worker
from sayso.errors import BatchFailed, MissingPackage, SaysoError

_BEAT_S = 5.0
"""Between two signs of life from a worker that is at work."""
_QUIET_S = 300.0
"""Ray needs half a minute to take a machine for dead, and an actor some seconds to begin."""
_CALL_S = 10.0
_STORE_BYTES = 80 * 1024 * 1024
"""Of Ray's store of objects, which is the least it takes: tasks and their results are small."""
_QUIETLY = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DATA_DISABLE_PROGRESS_BARS": "1"}


class RayEngine(Apart):
    """Carries tasks to workers on one machine or many; see `sayso.batch.tasks.Engine`."""

    def __init__(
        self,
        address: str | None = None,
        workers: int | None = None,
        options: Options | None = None,
        *,
        quiet_s: float = _QUIET_S,
    ) -> None:
        """`address` is that of a cluster ("auto", "host:port"); with None Ray is started here, and ended.

        There is a worker for each core of the cluster, or `workers` of them. The token of a cluster is taken from the
        environment, as Ray does it. Begun anew after `quiet_s` without a sign of life from any worker.

        Raises MissingPackage where Ray is not installed, BatchFailed for an address that it cannot be driven by.
        """
        if find_spec("ray") is None:
            raise MissingPackage("The engine ray", ("sayso[ray]",))
        if address and "://" in address:
            raise BatchFailed(
                address, "it is no address of a cluster", 'Give "auto" or host:port, on one of its machines'
            )
        told = {"address": address, "workers": workers, "options": (options or Options()).to_json()}
        # Addresses, and where its token is.
        rays = {} if address is None else {each: os.environ[each] for each in os.environ if each.startswith("RAY_")}
        environment = {**rays, **_QUIETLY}
        super().__init__("Ray", told, module="sayso.batch.engines._apart", environment=environment, quiet_s=quiet_s)


class Cluster:
    """A cluster as its driver sees it: in the process beside the batch's, and in one thread of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._workers: int | None = None
        self._options: dict[str, Any] = {}

    def start(self, address: str | None, workers: int | None, options: dict[str, Any]) -> dict[str, Any]:
        """Starts Ray, or joins a cluster. Raises BatchFailed."""
        self._workers, self._options = workers, options
        if address is None:
            self._protect()
        import ray

        quietly: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR, "namespace": "sayso"}
        try:
            if address is not None:
                _call(address)
                ray.init(address=address, **quietly)
            else:
                ray.init(
                    address="local",
                    num_cpus=workers or len(os.sched_getaffinity(0)),
                    num_gpus=0,
                    include_dashboard=False,
                    object_store_memory=_STORE_BYTES,
                    _node_ip_address="127.0.0.1",
                    # A folder in ours, which nobody else may enter: Ray lets everybody write into what it is given.
                    _temp_dir=str(self._folder / "r"),
                    **quietly,
                )
        except Exception as error:
            raise _not_reached(address, error, log=self._folder / "log") from error
        return {"workers": self._size()}

    def _protect(self) -> None:
        """Makes a token without which nobody has a say in the cluster that is started here.

        Ray's ports take whatever code they are sent, from other users of this machine too.
        """
        token = self._folder / "token"
        with os.fdopen(os.open(token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(token)}

    def _size(self) -> int:
        import ray

        there: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        return self._workers or max(int(there.get("CPU", 1)), 1)

    def work(
        self, tasks: list[dict[str, Any]], place: dict[str, str] | None, *, say: Callable[[dict[str, Any]], None]
    ) -> None:
        """Has the tasks done, as far as Ray gets, and says each result at once."""
        import ray
        import ray.data

        size = self._size()
        say({"workers": size})
        size = min(size, len(tasks))
        pulse, ended = _pulse(), threading.Event()
        threading.Thread(target=_pass_on, args=(pulse, ended, say), daemon=True).start()
        told = {"options": self._options, "place": place}
        lines = [{"number": each["number"], "task": json.dumps(each)} for each in tasks]
        try:
            # A block for each task: what is lost with an actor is the one that it was at.
            results = ray.data.from_items(lines, override_num_blocks=len(lines)).map_batches(
                _actor(),
                fn_constructor_args=(told, pulse),
                batch_size=1,
                batch_format="numpy",
                compute=ray.data.ActorPoolStrategy(size=size, max_tasks_in_flight_per_actor=1),
                num_cpus=1,
                max_restarts=-1,
                max_task_retries=-1,
            )
            _settle(results.context)
            for row in results.iter_rows():
                answer = json.loads(row["answer"])
                say(answer if "failed" in answer else {"done": int(row["number"]), "answer": answer})
        finally:
            ended.set()
            ray.kill(pulse)

    def stop(self) -> None:
        """Leaves the cluster; one that was started here ends."""
        import ray

        ray.shutdown()


def _settle(context: Any) -> None:
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    # A shard may well take longer; whether something moves is watched by the signs of life.
    context.execution_no_progress_timeout_s = -1
    # An actor that dies while it begins is begun again, like one that dies later.
    context.max_consecutive_actor_init_deaths = -1


def _call(address: str) -> None:
    """Raises OSError or ValueError where nobody answers at an address: Ray itself would go on trying for minutes."""
    if address != "auto":
        host, _, port = address.rpartition(":")
        socket.create_connection((host.strip("[]"), int(port)), _CALL_S).close()


def _not_reached(address: str | None, error: Exception, *, log: Path) -> BatchFailed:
    why = " ".join(str(error).split())[:500]
    if address is None:
        advice = "See whether the disk has room for temporary files, or use local processes: --engine local"
        return BatchFailed("Ray", f"it could not be started here ({why})", advice)
    advice = "Run this on one of its machines (ray start --address=...)"
    # Of which only the log of Ray's core speaks.
    if "InvalidAuthToken" in log.read_text(encoding="utf-8", errors="replace"):
        why = "its token is another, or was not given"
        advice = "Give it as on its machines: RAY_AUTH_MODE=token and RAY_AUTH_TOKEN_PATH"
    return BatchFailed(f"The cluster {address}", f"it could not be joined ({why})", advice)


def _pulse() -> Any:
    """An actor beside the driver that hears every worker, so that the driver asks one alone."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    class Pulse:
        def __init__(self) -> None:
            self.beats = 0

        def beat(self) -> None:
            self.beats += 1

        def count(self) -> int:
            return self.beats

    here = NodeAffinitySchedulingStrategy(node_id=ray.get_runtime_context().get_node_id(), soft=False)
    return ray.remote(Pulse).options(num_cpus=0, max_restarts=-1, scheduling_strategy=here).remote()


def _pass_on(pulse: Any, ended: threading.Event, say: Callable[[dict[str, Any]], None]) -> None:
    """Says that something moves wherever a worker's sign of life came in since the last look."""
    import ray

    heard = 0
    while not ended.wait(_BEAT_S):
        try:
            count = ray.get(pulse.count.remote(), timeout=_BEAT_S)
        except Exception:
            continue
        if count != heard:
            heard = count
            say({"alive": count})


def _actor() -> Any:
    """The class of an actor. It travels as it is, so that a machine without sayso can still say so."""

    class Reader:
        def __init__(self, told: dict[str, Any], pulse: Any) -> None:
            self.told, self.pulse = told, pulse
            self.bench: Any = None

        def __call__(self, rows: Any) -> Any:
            import json
            import socket

            try:
                from sayso.batch.engines.ray import Bench

                self.bench = self.bench or Bench(self.told, self.pulse)
                answer = self.bench.answer(json.loads(rows["task"][0]))
            except ImportError as error:
                reason = f"sayso is not installed there, or another version ({error})"
                advice = "Install the same version of sayso, with the extra ray, on every machine"
                answer = {"failed": {"where": f"Machine {socket.gethostname()}", "reason": reason, "advice": advice}}
            return {"number": rows["number"], "answer": [json.dumps(answer)]}

    return Reader


class Bench:
    """A worker where an actor is, and its signs of life."""

    def __init__(self, told: dict[str, Any], pulse: Any) -> None:
        self._place = Place(**told["place"]) if told["place"] else None
        """Not looked at yet."""
        self._worker = Worker(Options.from_json(told["options"]))
        self._busy = False
        threading.Thread(target=self._beat, args=(pulse,), daemon=True).start()

    def answer(self, told: dict[str, Any]) -> dict[str, Any]:
        """What came of a task, or why nothing can come of it here, as plain data."""
        self._busy = True
        try:
            if self._place is not None:
                look_here(self._place)
                self._place = None
            done = self._worker.run(Task(**told))
        except SaysoError as error:
            return {"failed": told_of(error, at=f"Machine {socket.gethostname()}")}
        finally:
            self._busy = False
        return {"result": done.result, "wall_s": done.wall_s, "cpu_s": done.cpu_s, "peak_mb": done.peak_mb}

    def _beat(self, pulse: Any) -> None:
        pause = threading.Event()
        while not pause.wait(_BEAT_S):
            if self._busy:
                pulse.beat.remote()
