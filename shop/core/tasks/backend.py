"""django-tasks on our own table: Wagtail's tasks and the shop's take the same road.

`from django_tasks import task` marks a function, `.enqueue(...)` writes a row in the open transaction (so a rollback
takes it back and a crash loses nothing), `.using(run_after=...)` delays it.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json

from shop.core.tasks.announcing import announce


class TableBackend(BaseTaskBackend):
    supports_defer = True
    supports_priority = True

    def enqueue(self, task, args, kwargs):
        from shop.core.tasks.models import QueuedTask

        self.validate_task(task)
        due_at = task.run_after or timezone.now()
        row = QueuedTask.objects.create(
            path=task.module_path,
            args=normalize_json(list(args)),
            kwargs=normalize_json(kwargs),
            priority=task.priority,
            due_at=due_at,
        )
        transaction.on_commit(lambda: announce(row), robust=True)
        return TaskResult(
            task=task, id=str(row.uuid), status=TaskResultStatus.READY, enqueued_at=row.created_at, started_at=None,
            last_attempted_at=None, finished_at=None, args=list(args), kwargs=kwargs, backend=self.alias, errors=[],
            worker_ids=[],
        )  # fmt: skip
