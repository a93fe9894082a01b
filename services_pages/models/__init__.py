"""The page types citizens read; one file a type."""

from .approval import ServiceApproval
from .guide import GuidePage
from .guide_index import GuideIndexPage
from .guide_part import GuidePartPage
from .home import HomePage
from .info import InfoPage
from .review import ReviewNotice
from .search import SearchEntry, SearchMiss
from .service import ServicePage
from .service_index import ServiceIndexPage

__all__ = [
    "GuideIndexPage",
    "GuidePage",
    "GuidePartPage",
    "HomePage",
    "InfoPage",
    "ReviewNotice",
    "SearchEntry",
    "SearchMiss",
    "ServiceApproval",
    "ServiceIndexPage",
    "ServicePage",
]
