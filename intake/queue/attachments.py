"""A citizen's file, read by those who see the case and by nobody else (art. 4.5)."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.views import View

from intake.models import actor_for
from intake.process.access import ATTACHMENT, record_access

from .case_page import visible_case
from .identity import veil_for
from .seal import attachments_of, seal_of

# Shown in the browser; everything else is downloaded. A PDF too: browsers refuse to show one inside a sandbox.
SHOWN_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
SENT_TYPES = frozenset({"application/pdf"})
UNKNOWN_TYPE = "application/octet-stream"


class AttachmentView(View):
    """One file from private storage, streamed."""

    def get(self, request: HttpRequest, reference: str, pk: int) -> FileResponse:
        """Send it, with nothing in it able to run; the opening of a confidential one is traced."""
        case = visible_case(request, reference, what=ATTACHMENT)
        actor = actor_for(request.user)
        readable = attachments_of(case, seal_of(case, actor))
        attachment = next((file for file in readable if file.pk == int(pk)), None)
        if attachment is None or not attachment.file.storage.exists(attachment.file.name):
            raise Http404
        record_access(case=case, by=actor, what=ATTACHMENT, allowed=True, now=timezone.now())
        shown = attachment.content_type in SHOWN_TYPES
        response = FileResponse(
            attachment.file.open("rb"),
            as_attachment=not shown,
            filename=veil_for(actor, case).citizen(attachment.original_name),
            content_type=attachment.content_type if shown or attachment.content_type in SENT_TYPES else UNKNOWN_TYPE,
        )
        response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
        response["X-Content-Type-Options"] = "nosniff"
        return response
