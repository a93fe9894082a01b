"""A gesture sent from the page of a file: read the input, call one verb, redirect; what is refused loses nothing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.models import Case, actor_for
from intake.policy.vocabulary import Verb
from intake.process import CaseChanged, NotVisible, Refused
from intake.process.rehearsal import Rehearsed, rehearse

from .actions import gesture_for
from .case_page import show_case, trail, visible_case
from .form_parts import ActionForm, say
from .gesture import Gesture
from .guide_choice import WithGuide
from .history import entries_since
from .identity import seen_by, veil_for
from .reply_texts import WithReplyTexts
from .seal import seal_of

STEP, PREVIEW, VALIDATE, MODIFY, INSERT, SEARCH = "etape", "apercu", "valider", "modifier", "inserer", "chercher"
UNPROCESSABLE, CONFLICT = 422, 409


def gesture_named(name: str, case: Case) -> Gesture:
    """Return the gesture of a verb for this kind of file; Http404 for any other word."""
    verb = next((verb for verb in Verb if verb.value == name), None)
    gesture = gesture_for(case.kind_, verb) if verb else None
    if gesture is None:
        raise Http404
    return gesture


class GestureView(View):
    """One gesture on one file."""

    def get(self, request: HttpRequest, reference: str, verb: str) -> HttpResponse:
        """Lead to the form, on the page of the file."""
        case = visible_case(request, reference)
        gesture = gesture_named(verb, case)
        response = redirect("intake_queue:case", case.reference)
        response["Location"] += f"?geste={gesture.verb.value}#{gesture.verb.value}"
        return response

    def post(self, request: HttpRequest, reference: str, verb: str) -> HttpResponse:
        """Preview, go back to the form, or do it."""
        case = visible_case(request, reference)
        gesture = gesture_named(verb, case)
        form = gesture.form(request.POST, case=case, actor=actor_for(request.user))
        step = request.POST.get(STEP, PREVIEW if gesture.previewed else VALIDATE)
        answer = _still_typing(request, case, form, step)
        if answer is not None:
            return answer
        try:
            if step == PREVIEW and gesture.previewed:
                return self._preview(request, gesture, form)
            return self._act(request, gesture, form)
        except CaseChanged as change:
            return _show_change(request, change.case, form)
        except Refused as refused:
            return _show_refusal(request, case, form, refused)
        except NotVisible:
            raise Http404 from None

    def _preview(self, request: HttpRequest, gesture: Gesture, form: ActionForm) -> HttpResponse:
        """Show exactly what the citizen will read (Annexe A, points 5 and 6: check, then validate)."""
        by, now = actor_for(request.user), timezone.now()
        letters = rehearse(lambda: form.rehearse(by=by, now=now))
        context = {
            "case": form.case,
            "gesture": gesture,
            "form": form,
            "letter": seen_by(by, _to_citizen(letters), form.case),
            "trail": trail(),
        }
        return render(request, "intake_queue/preview.html", context)

    def _act(self, request: HttpRequest, gesture: Gesture, form: ActionForm) -> HttpResponse:
        case = form.act(by=actor_for(request.user), now=timezone.now())
        messages.success(request, (form.done or gesture.done) % {"reference": case.reference})
        if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
            return redirect("demandes_modeladmin_index")
        return redirect("intake_queue:case", case.reference)


def _still_typing(request: HttpRequest, case: Case, form: ActionForm, step: str) -> HttpResponse | None:
    """Return the page again while something is asked for, missing or to be changed; None once the verb can be called."""
    helped = _helped(form, step)
    if helped is not None:
        return show_case(request, case, form=helped)
    if form.seen() is None:
        return _show_change(request, case, form)
    if not form.is_valid():
        return show_case(request, case, form=form, status=UNPROCESSABLE)
    return show_case(request, case, form=form) if step == MODIFY else None


def _helped(form: ActionForm, step: str) -> ActionForm | None:
    """Return the form with what was asked for while writing: a text to start from, the guides found; None otherwise."""
    if step == INSERT and isinstance(form, WithReplyTexts):
        return form.with_reply()
    if isinstance(form, WithGuide) and (step == SEARCH or (step == PREVIEW and form.has_words_to_search)):
        return form.with_guides()
    return None


def _to_citizen(letters: list[Rehearsed]) -> Rehearsed | None:
    return next((letter for letter in letters if letter.audience == "citizen"), None)


def _show_refusal(request: HttpRequest, case: Case, form: ActionForm, refused: Refused) -> HttpResponse:
    say(form, refused)
    case.refresh_from_db()
    return show_case(request, case, form=form, status=UNPROCESSABLE)


def _show_change(request: HttpRequest, case: Case, sent: ActionForm) -> HttpResponse:
    """Show what others did since the screen was read, with what was typed kept and the new version seen.

    A form that does not say which version it was filled on is sent back the same way: it would overwrite unread.
    """
    actor, seen = actor_for(request.user), sent.seen()
    typed = request.POST.copy()
    typed["seen_version"] = str(case.version)
    form = type(sent)(typed, case=case, actor=actor)
    if seen is None:
        reason = _("On ne sait pas ce que vous aviez lu. Rien n'a été enregistré : relisez, puis recommencez.")
        form.add_error(None, reason)
        return show_case(request, case, form=form, status=CONFLICT)
    reason = _("Quelqu'un a agi sur cette demande entre-temps. Rien n'a été enregistré : relisez, puis recommencez.")
    form.add_error(None, reason)
    changed = entries_since(case, seen, after=seal_of(case, actor), veil=veil_for(actor, case))
    return show_case(request, case, form=form, changed=changed, status=CONFLICT)
