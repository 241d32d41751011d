"""A batch while what it runs on dies: its processes, its machines, the batch itself, every few seconds.

Three nodes of Ray on this machine stand for three machines. A batch reads a crawl on them while something is killed
(SIGKILL) every few seconds, until it is done, over and over for as long as is asked. Each time the tables must be those
that an undisturbed run on local processes gives: hash-equal once sorted, each article once.

    python -m benchmarks.chaos --minutes 10 --every 8
"""
