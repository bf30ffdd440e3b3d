"""The web server, in the demo and in production: `gunicorn -c gunicorn.conf.py shop.wsgi`.

Threads, because a request waits for PostgreSQL most of its time. Several processes only with Redis: without it the
cache and the rate limits live in the memory of one process, and two would count and remember differently.
"""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or (os.cpu_count() or 1 if os.environ.get("REDIS_URL") else 1))
threads = int(os.environ.get("WEB_THREADS", "8"))
preload_app = True  # a worker that died is back in milliseconds
timeout = 60
graceful_timeout = 10
keepalive = 5
control_socket_disable = True
loglevel = "warning"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")


def post_fork(server, worker):
    from django.db import connections

    connections.close_all()


def post_worker_init(worker):
    """The one place where a web process begins to run tasks, where no Celery does."""
    from django.conf import settings

    from shop.core.tasks.runner import start_in_background

    if not settings.CELERY_BROKER_URL:
        worker.background = start_in_background()


def worker_exit(server, worker):
    if hasattr(worker, "background"):
        worker.background.end(seconds=graceful_timeout)
