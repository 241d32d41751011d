"""The archive under fire: writers and servers killed, disks full, files damaged; what was acknowledged must be there.

    python -m benchmarks.fire kill --times 200 --seed 1        a process that adds, killed at random moments
    python -m benchmarks.fire disk --times 100 --seed 1        no space left at random places
    python -m benchmarks.fire postgres --times 50 --seed 1     the server killed under four writers
    python -m benchmarks.fire together --times 20 --seed 1     two processes that add to one archive at once
    python -m benchmarks.fire damage --times 200 --seed 1      bytes of the file changed, lost or moved

`--keep` puts the figures down in docs/measured/fire.json. The exit code is 1 where anything was lost, doubled, halved
or wrong without a word. Articles are built by hand and go in through `sayso.adding.add_items`, as all others do, with
a rule in place of the model.
"""
