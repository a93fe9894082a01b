"""With Redis as the broker, a job follows the commit: a rollback leaves none, a commit leaves one (decision 0003)."""

import os
import subprocess
import sys

import pytest

URL = os.environ.get("GUICHET_TEST_REDIS", "redis://127.0.0.1:6379/15")
SCRIPT = """
import os
import django
from django.conf import settings
settings.Q_CLUSTER["name"] = f"guichet-{os.getpid()}"  # two runs at once must not share a queue
django.setup()
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django_q.brokers import get_broker
call_command("migrate", verbosity=0)
broker = get_broker()
broker.delete_queue()
from snippets.models import Department, RequestNature
from tests.factories import DesignationFactory, NatureFactory, a_case
nature = NatureFactory()
DesignationFactory(department=nature.department)
try:
    with transaction.atomic():
        a_case(nature)
        raise RuntimeError
except RuntimeError:
    pass
after_rollback = broker.queue_size()
with transaction.atomic():
    a_case(nature)
    before_commit = broker.queue_size()
after_commit = broker.queue_size()
cache.set("guichet-test", "x", 5)
print("sizes", after_rollback, before_commit, after_commit, cache.get("guichet-test"))
broker.delete_queue()
"""


@pytest.mark.redis
def test_a_job_on_redis_follows_the_commit_and_a_rollback_leaves_none(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "REDIS_URL": URL,
        "GUICHET_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/redis.sqlite3",
    }
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert "sizes 0 0 1 x" in run.stdout, run.stdout + run.stderr[-2000:]
