"""The proofs of docs/rappels.md: real workers, killed for real, against real servers."""
