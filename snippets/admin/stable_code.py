"""The form of a row whose code is written in files: chosen once, never changed."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm


class StableCodeForm(WagtailAdminModelForm):
    """A code is typed when the row is added; afterwards files hold it, so that it is only shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            # A disabled field keeps what is stored, whatever is posted.
            self.fields["code"].disabled = True
