"""The accounts of the queue's tests."""

from tests.intake.queue.conftest import nature, recipient, roles, technician, works  # noqa: F401
