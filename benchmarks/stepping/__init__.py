"""Where the processor's time goes in the processes of a real batch: `sitecustomize` is what they start with."""
