"""The citizens' forms and the people at their desks, for complaints."""

from tests.intake.forms.conftest import citizen, nature, pages, root, town_words  # noqa: F401
from tests.intake.queue.conftest import roles  # noqa: F401
