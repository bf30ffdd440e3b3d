"""`make fuzz`: calls that nobody would make, against the whole API. See docs/reliability.md."""
