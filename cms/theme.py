"""The town's colours as a small style sheet, so that a page needs no inline style (strict CSP)."""

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from snippets.models import TownSettings

A_YEAR = 365 * 24 * 3600
FIVE_MINUTES = 300
BLACK, WHITE = "#000000", "#ffffff"


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` in it, both written #rrggbb."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@dataclass(frozen=True)
class Theme:
    """Every shade of the public pages, worked out from the two colours that staff choose."""

    brand: str
    accent: str

    @classmethod
    def of(cls, town: TownSettings) -> "Theme":
        """Return the theme of this town."""
        return cls(brand=town.brand_colour.lower(), accent=town.accent_colour.lower())

    def properties(self) -> dict[str, str]:
        """Return {name of the CSS custom property: colour}.

        White is readable on brand and accent (TownSettings.clean); a link, a little darker than the brand,
        stays readable on the tint too (WCAG 2.2, 1.4.3).
        """
        return {
            "--guichet-brand": self.brand,
            "--guichet-brand-dark": mix(self.brand, BLACK, 0.3),
            "--guichet-brand-link": mix(self.brand, BLACK, 0.1),
            "--guichet-brand-tint": mix(self.brand, WHITE, 0.95),
            "--guichet-brand-line": mix(self.brand, WHITE, 0.75),
            "--guichet-accent": self.accent,
            "--guichet-accent-dark": mix(self.accent, BLACK, 0.25),
        }

    def css(self) -> str:
        """Return the style sheet."""
        lines = "".join(f"  {name}: {colour};\n" for name, colour in self.properties().items())
        return f":root {{\n{lines}}}\n"

    def version(self) -> str:
        """Return a short text that changes when a colour changes."""
        return hashlib.sha256(self.css().encode()).hexdigest()[:12]


def theme_address(request: HttpRequest | None) -> str:
    """Return the address to put in a page; browsers may keep what they find there for ever."""
    theme = Theme.of(TownSettings.load(request_or_site=request))
    return f"{reverse('theme')}?v={theme.version()}"


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """Send the town's colours; kept for a year under the address that names their version, five minutes otherwise."""
    current = Theme.of(TownSettings.load(request_or_site=request))
    etag = f'"{current.version()}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(current.css(), content_type="text/css; charset=utf-8")
    response["ETag"] = etag
    if request.GET.get("v") == current.version():
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=FIVE_MINUTES)
    return response
