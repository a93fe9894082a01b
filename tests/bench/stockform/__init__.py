"""The baseline of the filing benchmark: a form page as Wagtail's documentation writes one."""
