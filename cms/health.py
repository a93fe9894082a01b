"""/healthz: what a monitor asks. 200 when all is well, 503 when something must be repaired; never a name or a text."""

from collections.abc import Callable
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.models import Schedule
from django_q.status import Stat

from intake.mail.outbox import waiting
from intake.models import private_storage

# A mail that waits longer than this means that the worker or the mail server is down.
OUTBOX_LIMIT = timedelta(minutes=15)


def check_database() -> tuple[bool, str]:
    """One query, answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, "ok"


def check_worker() -> tuple[bool, str]:
    """A cluster has said in the last seconds that it lives, and the recurring jobs are registered."""
    clusters = Stat.get_all()
    if not clusters:
        return False, "no worker has reported"
    if not Schedule.objects.filter(func__startswith="intake.jobs.").exists():
        return False, "recurring jobs are not registered"
    return True, f"{len(clusters)} running"


def check_outbox() -> tuple[bool, str]:
    """No mail that could leave has been waiting for long."""
    now = timezone.now()
    oldest = waiting(now).values_list("created", flat=True).first()
    age = int((now - oldest).total_seconds()) if oldest else 0
    return age <= OUTBOX_LIMIT.total_seconds(), f"oldest waiting mail: {age} s"


def check_storage() -> tuple[bool, str]:
    """A private file can be written, read and removed."""
    storage = private_storage()
    name = storage.save("healthz/probe", ContentFile(b"ok"))
    try:
        with storage.open(name) as probe:
            return probe.read() == b"ok", "ok"
    finally:
        storage.delete(name)


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "database": check_database,
    "worker": check_worker,
    "outbox": check_outbox,
    "storage": check_storage,
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer each check with `ok` and a word, and 503 when one fails."""
    results = {}
    for name, check in CHECKS.items():
        try:
            ok, detail = check()
        except (DatabaseError, OSError) as error:
            ok, detail = False, type(error).__name__
        results[name] = {"ok": ok, "detail": detail}
    healthy = all(result["ok"] for result in results.values())
    return JsonResponse({"ok": healthy, "checks": results}, status=200 if healthy else 503)
