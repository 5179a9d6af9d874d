"""A small Lightning world on loopback, for tests and demonstrations. README.md says how to use it."""
