"""The shop's own server configuration with one process, and without its background thread: tasks have a process of
their own in production, and would be counted into the requests here."""

from pathlib import Path
from runpy import run_path

_LEFT_OUT = {"post_worker_init", "worker_exit"}
_shop = run_path(str(Path(__file__).resolve().parents[1] / "gunicorn.conf.py"))
globals().update({name: value for name, value in _shop.items() if name[0] != "_" and name not in _LEFT_OUT})
workers = 1
