"""What carries tasks to workers: local processes, or Ray."""
