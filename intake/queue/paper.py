"""What the clerk takes out of a file on paper: the notice of receipt, and the documents that a service handed over."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.letters import as_docx, as_pdf, letter_for_message
from intake.mail.texts import letter
from intake.mail.values import citizen_values
from intake.models import Case, TaskFile, actor_for
from intake.policy.clocks import local_day
from intake.policy.letters import kinds_posted_by
from intake.policy.vocabulary import Kind
from intake.process.access import ATTACHMENT, LETTER, record_access
from snippets.models import TownSettings

from .attachments import SENT_TYPES, UNKNOWN_TYPE
from .case_page import visible_case

RECEIPTS = {Kind.CLAIM: "T12", Kind.ACCESS_REQUEST: "T13"}
PDF, DOCX = "pdf", "docx"
TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class ReceiptLetterView(View):
    """The notice of receipt in the town's letterhead, dated the day of the receipt; its reading is traced (art. 4.5)."""

    def get(self, request: HttpRequest, reference: str, kind: str) -> HttpResponse:
        """Send it as PDF or DOCX."""
        case = visible_case(request, reference, what=LETTER)
        actor = actor_for(request.user)
        if case.kind_ not in RECEIPTS or case.kind_ not in kinds_posted_by(actor):
            raise Http404
        record_access(case=case, by=actor, what=LETTER, allowed=True, now=timezone.now())
        response = HttpResponse(receipt_letter(case, kind), content_type=TYPES[kind])
        response["Content-Disposition"] = f'attachment; filename="avis-{case.reference}.{kind}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


def receipt_letter(case: Case, kind: str) -> bytes:
    """Write the notice; the tracking code, which is kept only as a hash, is not in it again."""
    town = TownSettings.load()
    values = citizen_values(case, town, tracking_code=_("(donné dans le premier message)"))
    text = letter(RECEIPTS[case.kind_], values)
    sheet = letter_for_message(
        case,
        subject=text.subject,
        body=text.body,
        dated=local_day(case.received_at),
        town=town,
        confidential=True,
    )
    return as_pdf(sheet, town) if kind == PDF else as_docx(sheet, town)


class TaskFileView(View):
    """A document that a service handed over: for those who see the case, never for the service of another."""

    def get(self, request: HttpRequest, reference: str, pk: int) -> FileResponse:
        """Send it as a download; its opening is traced."""
        case = visible_case(request, reference, what=ATTACHMENT)
        file = TaskFile.objects.filter(task__case=case, pk=pk).first()
        if case.kind_ is not Kind.ACCESS_REQUEST or file is None or not file.file.storage.exists(file.file.name):
            raise Http404
        record_access(case=case, by=actor_for(request.user), what=ATTACHMENT, allowed=True, now=timezone.now())
        response = FileResponse(
            file.file.open("rb"),
            as_attachment=True,
            filename=file.original_name,
            content_type=file.content_type if file.content_type in SENT_TYPES else UNKNOWN_TYPE,
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response
