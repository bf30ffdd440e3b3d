"""The fault rig: the whole shop as processes, a proxy on every link, and an oracle that knows only HTTP, SQL reads and
the gateway's ledger. `make faults` runs it whole (docs/reliability.md), `make test` a sample (test_sample.py)."""
