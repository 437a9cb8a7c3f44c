"""Benchmarks: our time beside the time of the simplest thing that does the same work."""
