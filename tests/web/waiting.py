"""Jobs of the tests, to their end."""

from __future__ import annotations

import time

from sayso.web.jobs import Job


def finished(job: Job, *, within_s: float = 60) -> Job:
    """The job, when it has ended."""
    until = time.monotonic() + within_s
    while not job.ended and time.monotonic() < until:
        time.sleep(0.01)
    assert job.ended, f"the job {job.about} is {job.state} after {within_s} s"
    return job
