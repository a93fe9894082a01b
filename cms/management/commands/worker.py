"""The worker: django-q2's cluster, which ends the job in hand before it stops."""

import os
from typing import Any

from django_q.management.commands import qcluster


class Command(qcluster.Command):
    help = "Run the worker; told to stop, it ends the job in hand first."

    def handle(self, *args: Any, **options: Any) -> None:
        keep_jobs_apart()
        super().handle(*args, **options)


def keep_jobs_apart() -> None:
    """Give the processes that do the jobs a group of their own.

    Ctrl-C on `make run`, or a stop by a process manager, tells the whole group of the worker. The cluster then waits
    for processes that died of the same signal, some of them halfway through a mail: it is the one to tell them.
    """
    cluster = os.getpid()

    def leave_the_group() -> None:
        if os.getppid() == cluster:
            os.setpgid(0, 0)

    os.register_at_fork(after_in_child=leave_the_group)
