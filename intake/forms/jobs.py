"""What the worker calls for this door: load, call, nothing else."""

from django.utils import timezone

from . import drafts


def purge_drafts() -> int:
    """Erase the abandoned drafts with their files; return how many."""
    return drafts.purge(now=timezone.now())
