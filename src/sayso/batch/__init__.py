"""The door of the batch: articles by the million, from files into tables, on one machine or many.

An engine carries tasks to workers; a worker is a process that has the model and can be killed; what a task does is
the same on every engine. Whatever dies, a task is done again and gives the same.
"""
