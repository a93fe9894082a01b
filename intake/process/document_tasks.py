"""What a service is asked to look for (art. 4.6; matrix: « fournir le document »), and its answer, without knowing for whom."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from intake.mail.announce import to_employee, to_recipient
from intake.mail.values import absolute, day
from intake.models import Case, CaseEvent, DocumentTask, TaskFile
from intake.policy.access import answer_refusals, task_refusals
from intake.policy.clocks import local_day
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Verb
from snippets.models import Department

from .filing import GivenFile
from .steps import NotVisible, Refused, begin
from .triage import current_designation

# Where a service answers; the queue's address, which the mail must give without knowing the queue.
TASK_PATH = "/admin/documents-a-fournir/{pk}/"


@transaction.atomic
def ask_documents(
    *,
    pk: int,
    department: Department | None,
    wanted: str,
    due_on: date | None,
    by: Actor,
    now: datetime,
    seen_version: int | None = None,
) -> Case:
    """Ask a service for documents. It reads `wanted` and the day, nothing else of the file.

    Raises Refused when `wanted` names whoever asks, without a service, or without a day to come.
    """
    step = begin(pk=pk, verb=Verb.ASK_DOCUMENTS, by=by, now=now, seen_version=seen_version)
    requester = getattr(step.case, "requester", None)
    refusals = task_refusals(
        department=department,
        wanted=wanted,
        due_on=due_on,
        today=local_day(now),
        names=(requester.first_name, requester.last_name) if requester else (),
    )
    if refusals:
        raise Refused(*refusals)
    task = DocumentTask.objects.create(
        case=step.case, department=department, wanted=wanted, due_on=due_on, asked_at=now, asked_by=by.label
    )
    event = step.record(internal_note=wanted, changes={"asked_of": department.name, "answer_by": str(due_on)})
    _tell_the_service(event, task)
    return step.case


def _tell_the_service(event: CaseEvent, task: DocumentTask) -> None:
    """To the post of the Responsable; without one, to the director of the service. Never the number of the file."""
    words = {"date_cible": day(task.due_on), "lien_tache": absolute(TASK_PATH.format(pk=task.pk))}
    designation = current_designation(task.department_id, on=local_day(event.at))
    if designation is not None:
        to_recipient("R40", event, designation, **words)
    elif task.department.head is not None:
        to_employee("R40", event, task.department.head, service=task.department.name, **words)


@transaction.atomic
def provide(
    *,
    task_id: int,
    held: bool | None,
    note: str,
    by: Actor,
    now: datetime,
    files: Sequence[GivenFile] = (),
) -> DocumentTask:
    """Say what the service has, with the documents: « fourni » or « inexistant ».

    Raises NotVisible for a task of another service, Refused when it is answered, taken back or not said.
    """
    task = DocumentTask.objects.select_for_update().filter(pk=task_id).first()
    if task is None or not DocumentTask.objects.for_actor(by).filter(pk=task_id).exists():
        raise NotVisible
    if task.answered_at is not None:
        raise Refused(Refusal("4.6", "Quelqu'un du service a déjà répondu."))
    if task.withdrawn_at is not None:
        raise Refused(Refusal("4.6", "Le greffe n'a plus besoin de ces documents."))
    refusals = answer_refusals(held=held, note=note)
    if refusals:
        raise Refused(*refusals)
    task.held, task.note = held, note
    task.answered_at, task.answered_by, task.answered_by_user_id = now, by.label, by.user_id
    task.save()
    TaskFile.objects.bulk_create(file.row(TaskFile, now=now, task=task) for file in files)
    _note_in_history(task, by, now)
    return task


def _note_in_history(task: DocumentTask, by: Actor, now: datetime) -> None:
    """The file does not move, and whoever is writing about it is not disturbed: only its history grows."""
    case = Case.objects.select_for_update().get(pk=task.case_id)
    CaseEvent.objects.create(
        case=case,
        verb=Verb.PROVIDE.value,
        at=now,
        by_id=by.user_id,
        by_label=by.label,
        from_status=case.status,
        to_status=case.status,
        internal_note=task.note,
        changes={"provided": "held" if task.held else "not_held"},
    )
