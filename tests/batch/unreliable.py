"""A process as an engine may have it beside it (`sayso.batch.engines.apart`), that goes wrong as a test tells it to."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from sayso import confined
from sayso.wire import receive, send


def main() -> None:
    """Does lots of tasks, each as the next word in the file `acts` says; the process after it goes on there."""
    requests, answers = confined.pipes()
    told, _ = receive(requests) or sys.exit()
    acts = Path(told["acts"])
    if told.get("never"):
        send(answers, {"failed": {"where": "Ray", "reason": told["never"], "advice": "Wait"}})
    send(answers, {"workers": 1})
    while (message := receive(requests)) is not None:
        words = acts.read_text(encoding="utf-8").split()
        act = words.pop(0) if words else "all"
        acts.write_text(" ".join(words), encoding="utf-8")
        with acts.with_name("lots").open("a", encoding="utf-8") as lots:
            lots.write(f"{len(message[0]['tasks'])} ")
        numbers = [each["number"] for each in message[0]["tasks"]]
        if act in ("half", "die", "hang"):
            numbers = numbers[: len(numbers) // 2]
        elif act in ("none", "broken"):
            numbers = []
        elif act == "but0":
            numbers.remove(0)
        for number in numbers:
            for _ in range(2 if act == "twice" else 1):
                send(answers, {"done": number, "answer": {"result": {"by": os.getpid()}, "cpu_s": 1.5}})
        if act == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif act == "slow":
            for beat in range(8):
                time.sleep(0.45)
                send(answers, {"alive": beat})
        elif act == "hang":
            time.sleep(600)
        elif act == "broken":
            send(answers, {"broken": "a wheel came off"})
        send(answers, {"over": True})


if __name__ == "__main__":
    main()
