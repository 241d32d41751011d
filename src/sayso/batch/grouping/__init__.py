"""The second stage of a batch: which articles are copies of one text, and which statements are of one utterance.

What an archive's tracing means by a copy, a wording and a witness is meant here too, by its own rules
(`sayso.archive.keeping.copies`, `sayso.archive.tracing.linking` and `grouping`): what is added is how pairs worth
comparing are found among millions, in time that grows in step with them. See docs/batch-grouping.md.

Invariant: the rows depend on the articles alone, not on workers, their order, or how often a task was done.
"""

from sayso.batch.grouping.stages import Report, group

__all__ = ["Report", "group"]
