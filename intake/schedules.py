"""Names and hours of the recurring jobs; `register_schedules` writes them, and running it twice changes nothing."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django_q.models import Schedule


@dataclass(frozen=True)
class Recurring:
    """A job, how often, in django-q2's words."""

    name: str
    func: str
    schedule_type: str
    minutes: int | None = None


RECURRING = (
    Recurring("Courriels en attente", "intake.jobs.sweep_outbox", Schedule.MINUTES, 1),
    Recurring("Listes du mois", "intake.jobs.keep_the_month", Schedule.MINUTES, 10),
    Recurring("Rappels des demandes d'accès", "intake.jobs.remind_access", Schedule.DAILY),
    Recurring("Changements de Responsable", "intake.jobs.follow_designations", Schedule.MINUTES, 15),
    Recurring("Changements du calendrier", "intake.jobs.follow_calendar", Schedule.MINUTES, 10),
    Recurring("Oubli des essais comptés", "intake.jobs.forget_lookups", Schedule.DAILY),
    Recurring("Exportations périmées", "intake.jobs.forget_exports", Schedule.HOURLY),
    Recurring("Classeurs importés périmés", "intake.jobs.forget_imports", Schedule.DAILY),
    # Art. 2.3; hourly, so that it is told on the morning it becomes true, and only once.
    Recurring("Questions sans réponse", "intake.jobs.alert_untouched_inquiries", Schedule.HOURLY),
    # Art. 2.3; from seven in the morning of a working day, one message a person, whatever the hour it starts at.
    Recurring("Rappels des échéances", "intake.jobs.remind_due", Schedule.MINUTES, 20),
    # Art. 4.1; hourly, so that it leaves on the morning of a working day, each once.
    Recurring("Sondages", "intake.jobs.invite_to_survey", Schedule.HOURLY),
    # The pages are another room's: named, not imported.
    Recurring("Guides à réviser", "cms.reviews.jobs.remind_owners", Schedule.DAILY),
    # A tracking code is shown for an hour: it must not stay in clear much longer.
    Recurring("Formulaires abandonnés", "intake.forms.jobs.purge_drafts", Schedule.MINUTES, 10),
)

# Whose jobs are ours; the town's own schedules are left alone.
OURS = ("intake.", "cms.")


def register() -> None:
    """Create or update the schedules by name, and remove those of ours that no longer exist."""
    for job in RECURRING:
        Schedule.objects.update_or_create(
            name=job.name,
            defaults={"func": job.func, "schedule_type": job.schedule_type, "minutes": job.minutes},
        )
    ours = reduce(or_, (Q(func__startswith=room) for room in OURS))
    Schedule.objects.filter(ours).exclude(name__in=[job.name for job in RECURRING]).delete()
