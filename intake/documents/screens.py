"""A service reads what the clerk looks for, and answers « fourni » or « inexistant », with the documents (art. 4.6)."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views import View

from intake.forms import uploads
from intake.forms.step_form import FilesField
from intake.models import DocumentTask, actor_for, private_storage
from intake.process import GivenFile, NotVisible, Refused
from intake.process.document_tasks import provide
from intake.queue.form_parts import say

UNPROCESSABLE = 422
LONGEST_NOTE = 4000
ANSWERED_SHOWN = 20
MOST_TASKS = 200
FOLDER = "documents"


class AnswerForm(forms.Form):
    """What the service says."""

    held = forms.TypedChoiceField(
        label=_("Ces documents"),
        required=False,
        choices=[("yes", _("Fournis : les voici, ou je les remets autrement")), ("no", _("Inexistants au service"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note pour le greffe"),
        help_text=_("Ce que vous remettez et comment, ou les endroits où vous avez cherché."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true", "lang": "fr-CA"}),
    )
    files = FilesField()


def task_for(request: HttpRequest, pk: int) -> DocumentTask:
    """Return a task of this person's services, else Http404."""
    task = DocumentTask.objects.for_actor(actor_for(request.user)).select_related("department").filter(pk=pk).first()
    if task is None:
        raise Http404
    return task


class TasksView(View):
    """What waits for an answer, the nearest day first, then what was answered last."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them; the page does not exist for whoever has none."""
        mine = DocumentTask.objects.for_actor(actor_for(request.user)).select_related("department")
        if not mine.exists():
            raise Http404
        context = {
            "waiting": mine.to_answer().order_by("due_on", "pk")[:MOST_TASKS],
            "answered": mine.filter(answered_at__isnull=False).order_by("-answered_at", "-pk")[:ANSWERED_SHOWN],
            "today": timezone.localdate(),
        }
        return render(request, "intake_documents/tasks.html", context)


class TaskView(View):
    """One task and its answer."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return show(request, task_for(request, pk), AnswerForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer; what is refused loses no word, and says which file has to be chosen again."""
        task, form, now = task_for(request, pk), AnswerForm(request.POST, request.FILES), timezone.now()
        checked, wrong = check(request.FILES.getlist("files"))
        valid = form.is_valid()
        for problem in wrong:
            form.add_error("files", problem)
        if not valid or wrong:
            return show(request, task, form, status=UNPROCESSABLE)
        files = [keep(one, now) for one in checked]
        try:
            provide(
                task_id=task.pk,
                held=form.cleaned_data["held"],
                note=form.cleaned_data["note"],
                files=files,
                by=actor_for(request.user),
                now=now,
            )
        except (NotVisible, Refused) as refused:
            for file in files:
                private_storage().delete(file.name)
            if isinstance(refused, NotVisible):
                raise Http404 from None
            say(form, refused)
            return show(request, task, form, status=UNPROCESSABLE)
        messages.success(request, now_("Votre réponse est remise au greffe. Merci!"))
        return redirect("intake_documents:tasks")


def check(sent: Iterable[UploadedFile]) -> tuple[list[uploads.Checked], list[str]]:
    """Look into each file as the citizens' forms do; return those that pass, and what is wrong with the others."""
    checked, wrong = [], []
    for upload in sent:
        try:
            checked.append(uploads.check(upload))
        except uploads.Unacceptable as problem:
            wrong.append(str(problem))
    return checked, wrong


def keep(checked: uploads.Checked, now: datetime) -> GivenFile:
    """Put a checked file in private storage, under a name that says nothing."""
    path = f"{FOLDER}/{timezone.localtime(now):%Y/%m}/{uuid4().hex}{checked.suffix}"
    name = private_storage().save(path, ContentFile(checked.content))
    return GivenFile(
        name=name,
        original_name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=sha256(checked.content).hexdigest(),
    )


def show(request: HttpRequest, task: DocumentTask, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    """Render a task."""
    context = {"task": task, "form": form, "today": timezone.localdate()}
    return render(request, "intake_documents/task.html", context, status=status)
