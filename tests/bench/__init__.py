"""Benchmarks: `python -m tests.bench`, or `make bench`. Ratios to a baseline of the same run, on the same machine."""
