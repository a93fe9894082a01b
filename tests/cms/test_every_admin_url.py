"""Every address of the admin, of the API and of the documents, as every role: nothing opens that §3 does not give (art. 4.5).

A new screen fails here until EXPECTED says who opens it: write its name beside the roles of the matrix, no other.
"""

import json
from fnmatch import fnmatchcase

import pytest
from bs4 import BeautifulSoup

from cms.roles import ensure_roles
from intake.policy.roles import GROUP_NAMES, Role
from tests.factories import EmployeeFactory, user_with

from .admin_walk import FILES, Town, addresses, browser_of, build_town, get, places, text_of, told

NOBODY, NO_ROLE, EMERGENCY = "nobody", "an account without a role", "the emergency account"

# Before anyone has entered.
DOORS = (
    "wagtailadmin_login",
    "wagtailadmin_password_reset*",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    # The public content of the site, as anyone reads it on the pages.
    "wagtailapi_v3:*_page*",
    "wagtailapi_v3:*_document*",
    "wagtailapi_v3:*_image*",
    "wagtailapi_v3:*_redirect*",
)
# Wagtail's own screens for whoever has entered: one's account, what a text may link to, and the grid's rows by name.
ENTERED = (
    *DOORS[1:],  # who has entered is led from the door to the home
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_dismissibles",
    "admin/test404/",
    "wagtail_modeladmin:javascript_catalog",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_choose_page*",
    "wagtailadmin_api:*",
    "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_workflows:task_cho*",
    "wagtaildocs_chooser:cho*",
    "wagtailimages_chooser:cho*",
    "wagtailembeds:*",
    "wagtailsnippetchoosers_snippets_*:cho*",
    # Each reads there what was changed among what he may change.
    "wagtailadmin_reports:site_history*",
    "wagtailapi_v3:whoami",
    "wagtailapi_v3:list_schemas",
)
GRID_ROWS = (
    "closure",
    "competentbody",
    "department",
    "employee",
    "interventioncode",
    "messagetext",
    "processschema",
    "replytext",
    "requestnature",
    "waitingreason",
)
GRID = tuple(
    name
    for row in GRID_ROWS
    for name in (f"wagtailsnippets_snippets_{row}:*", f"wagtailsnippetchoosers_snippets_{row}:create")
)
QUEUE = ("demandes_modeladmin_index", "intake_queue:case", "intake_queue:attachment")
LETTERS = ("intake_queue:letters",)
RECEIPT_LETTERS = (*LETTERS, "intake_queue:receipt_letter")
BOARD = ("availability_board",)
REVIEWS = ("review_report*",)
KEYS = ("telephone_keys",)
# The whole staff; not the officials, nor who has no role.
YEAR = ("intake_year:year",)
IMPORTS = ("intake_imports:*",)
DESIGNATIONS = ("intake_designations:all", "intake_designations:one", "intake_designations:print")
# What Annexe C says is written by who keeps the designations; Wagtail's list of them is to read.
WRITTEN_DESIGNATIONS = (
    "intake_designations:new",
    "intake_designations:correct",
    "wagtailsnippets_snippets_designation:list",
    "wagtailsnippets_snippets_designation:list_results",
)
OWN_LISTS = ("intake_lists:list", "intake_lists:workbook")
# « R » in the matrix: the board and the lists to read, without the workbook.
READ_LISTS = ("intake_lists:list", "intake_lists:today", "intake_lists:month")
ALL_LISTS = (*OWN_LISTS, *READ_LISTS)
COUNCIL_LISTS = ("intake_council:months", "intake_council:month", "intake_council:file")
SURVEYS = ("intake_surveys:results", "intake_surveys:workbook")
EXPORTS = ("intake_export:choose", "intake_export:list", "intake_export:new_layout")
# The figures of requests: with their lists or, for « M » in the matrix, without.
FIGURES = ("intake_performance:figures", "intake_performance:workbook")
RIGHTS = ("intake_rights:index", "intake_rights:employee", "intake_rights:account")
NOTE = ("intake_counter:field_note",)
# What the clerk asked of a service (art. 4.6); the notice of receipt of a claim or an access request, on paper.
# Confidentiality incidents (A-2.1, art. 63.11): who handles files reports, the clerk and the general director read.
INCIDENT, INCIDENTS = ("intake_incidents:report",), ("intake_incidents:*",)
TASKS, RECEIPT = ("intake_documents:tasks", "intake_documents:task"), ("intake_queue:receipt_letter",)

# §3 typed as addresses; what is not here does not open.
EXPECTED = {
    NOBODY: DOORS,
    # A person with an account may ask the API who he is; it shows him nothing else.
    NO_ROLE: (*DOORS, "wagtailapi_v3:whoami", "wagtailapi_v3:list_schemas"),
    Role.COMMUNICATIONS: (
        *ENTERED,
        *YEAR,
        *GRID,
        *BOARD,
        *SURVEYS,
        *REVIEWS,
        "intake_queue:text_preview",
        "search_miss_report*",
        "wagtailadmin_explore*",
        "wagtailadmin_pages:*",
        "wagtailadmin_reports:*",
        "wagtaildocs:*",
        "wagtaildocs_chooser:create",
        "wagtailimages:*",
        "wagtailimages_chooser:*",
    ),
    Role.TECHNICIAN: (
        *ENTERED,
        *YEAR,
        *GRID,
        *QUEUE,
        *EXPORTS,
        *RECEIPT_LETTERS,
        *ALL_LISTS,
        *COUNCIL_LISTS,
        *FIGURES,
        *SURVEYS,
        *DESIGNATIONS,
        *WRITTEN_DESIGNATIONS,
        *RIGHTS,
        *RECEIPT,
        *BOARD,
        *KEYS,
        *IMPORTS,
        *REVIEWS,
        *INCIDENT,
        "intake_counter:register",
        "intake_counter:questions",
        "intake_counter:receipt",
        "intake_counter:signed_letter",
        "intake_counter:add_files",
        "intake_queue:text_preview",
        "intake_queue:where_is_it",
    ),
    Role.RECIPIENT: ENTERED
    + YEAR
    + QUEUE
    + EXPORTS
    + FIGURES
    + OWN_LISTS
    + DESIGNATIONS
    + NOTE
    + TASKS
    + BOARD
    + SURVEYS
    + REVIEWS
    + INCIDENT,
    # The one list with a request that he executes: the board leads to it.
    Role.EXECUTOR: (*ENTERED, *YEAR, *QUEUE, *NOTE, *BOARD, *INCIDENT, "intake_lists:list"),
    Role.DIRECTOR: (
        *ENTERED,
        *YEAR,
        *QUEUE,
        *EXPORTS,
        *LETTERS,
        *ALL_LISTS,
        *COUNCIL_LISTS,
        *FIGURES,
        *SURVEYS,
        *DESIGNATIONS,
        *RIGHTS,
        *BOARD,
        *INCIDENT,
        "intake_rights:log",
        "intake_counter:signed_letter",
        "intake_counter:add_files",
    ),
    Role.GENERAL_DIRECTOR: (
        *ENTERED,
        *YEAR,
        *INCIDENTS,
        *QUEUE,
        *RECEIPT_LETTERS,
        *READ_LISTS,
        *COUNCIL_LISTS,
        *FIGURES,
        *SURVEYS,
        *RIGHTS,
        *RECEIPT,
        *BOARD,
        "intake_rights:log",
        "intake_counter:signed_letter",
        "intake_counter:add_files",
        "intake_queue:task_file",
    ),
    Role.CLERK: (
        *ENTERED,
        *YEAR,
        *INCIDENTS,
        "intake_counter:add_files",
        *QUEUE,
        *EXPORTS,
        *RECEIPT,
        "intake_queue:task_file",
        *RECEIPT_LETTERS,
        *BOARD,
        "wagtailsnippets_snippets_legalprovision:*",
        "wagtailsnippetchoosers_snippets_legalprovision:create",
    ),
    Role.EXPERIENCE: ENTERED + YEAR + READ_LISTS + COUNCIL_LISTS + FIGURES + BOARD + SURVEYS,
    # §3, explicit denial (3): the published lists, nothing else.
    Role.COUNCIL: ENTERED + COUNCIL_LISTS,
    Role.EMPLOYEE: ENTERED + YEAR + NOTE + BOARD,
    Role.ADMINISTRATOR: (
        *ENTERED,
        *YEAR,
        *BOARD,
        *KEYS,
        "wagtailusers_users:*",
        "wagtailsites:*",
        "wagtailapi_v3:*_site*",
    ),
}
# Which files each role may meet, anywhere; the others meet none.
COMPLAINTS, CLAIMS, ACCESS = {"grief", "griefremis"}, {"dommage", "dommageneuf"}, {"acces", "accesneuf"}
MEETS = {
    Role.TECHNICIAN: {"rue", "pont", "parc", "mot", "grief", "dommageneuf", "accesneuf"},
    Role.RECIPIENT: {"rue", "pont"},
    Role.EXECUTOR: {"pont"},
    Role.DIRECTOR: {"rue", "pont", "parc", "mot", *COMPLAINTS},
    Role.GENERAL_DIRECTOR: {"griefdir", *CLAIMS, *ACCESS},
    Role.CLERK: {*CLAIMS, *ACCESS},
    EMERGENCY: set(FILES),
}
# §3, « Requester identity »: who works on the place does not read who asked.
NEVER_MEETS_A_NAME = {Role.EXECUTOR}
# Asked for the planted word: Wagtail has each list at a second address, its results alone.
SEARCHED = ("*_results", "*search*", "intake_counter:register", "wagtailapi_v3:list_*", "wagtailadmin_api:*listing")
# Our own lists, both ways.
ASKED_TWICE = ("demandes_modeladmin_index", "intake_rights:index")


@pytest.fixture
def people(db):
    """One account a role; the Responsable and the executor are those of the files."""
    ensure_roles()
    accounts = {role: user_with(role, username=f"la-{role.value}") for role in GROUP_NAMES}
    accounts[NOBODY] = None
    accounts[NO_ROLE] = user_with(username="sans-role")
    accounts[EMERGENCY] = user_with(username="secours", is_superuser=True)
    EmployeeFactory(user=accounts[NO_ROLE])
    accounts["town"] = build_town(executor=accounts[Role.EXECUTOR], recipient=accounts[Role.RECIPIENT])
    return accounts


def walk(user, town: Town) -> tuple[set[str], dict[str, set], list[str]]:
    """Return the names that opened, the planted words met there, and what broke."""
    client, opened, met, broken = browser_of(user), set(), {}, []
    for place in places():
        for address in (asked for plain in addresses(place, town) for asked in as_asked(place.name, plain)):
            response = get(client, address)
            if response.status_code >= 500:
                broken.append(address)
            if response.status_code == 200:
                opened.add(place.name)
                for key, part in told(text_of(response)):
                    met.setdefault(key, set()).add((part, address))
    return opened, met, broken


def as_asked(name: str, address: str) -> list[str]:
    """The address as it is asked: plain, for the planted word, or both."""
    if name in ASKED_TWICE:
        return [address, f"{address}?q=zorglu"]
    return [f"{address}?q=zorglu" if any(fnmatchcase(name, pattern) for pattern in SEARCHED) else address]


def may_open(name: str, who) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in EXPECTED[who])


@pytest.mark.parametrize("who", [NOBODY, NO_ROLE, EMERGENCY, *GROUP_NAMES])
def test_art_4_5_every_address_opens_for_whom_the_matrix_says_and_shows_no_file_that_is_not_his(people, who):
    opened, met, broken = walk(people[who], people["town"])

    assert broken == []
    assert {key: sorted(places)[:3] for key, places in met.items() if key not in MEETS.get(who, set())} == {}
    assert set(met) == MEETS.get(who, set())  # the walk does go where the files are
    if who in NEVER_MEETS_A_NAME:
        assert not {address for parts in met.values() for part, address in parts if part == "nom"}
    if who is not EMERGENCY:
        assert sorted(name for name in opened if not may_open(name, who)) == []
        unused = {pattern for pattern in EXPECTED[who] if not any(fnmatchcase(name, pattern) for name in opened)}
        assert unused == set()


def test_the_walk_meets_the_whole_admin():
    names = {place.name for place in places()}

    assert len(names) > 300
    assert {"wagtailadmin_home", "intake_queue:case", "wagtailapi_v3:list_pages", "wagtaildocs_serve"} <= names


@pytest.mark.parametrize("who", GROUP_NAMES)
def test_nobody_finds_a_door_in_the_menu_or_on_the_home_that_does_not_open(people, who):
    client = browser_of(people[who])
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")

    doors = {a["href"].split("#")[0] for a in page.select("main a[href]")} | set(menu_addresses(page))

    inside = {door for door in doors if door.startswith("/admin/") and "logout" not in door}
    assert {door: opens(client, door) for door in inside} == dict.fromkeys(inside, True)


def opens(client, door: str) -> bool:
    """Say whether a door leads somewhere: not refused, nor sent back home with a word."""
    answer = client.get(door, follow=True)
    return answer.status_code == 200 and (door == "/admin/" or answer.request["PATH_INFO"] != "/admin/")


def menu_addresses(page) -> list[str]:
    """Every address in the sidebar."""

    def found(item):
        if isinstance(item, dict):
            for key, value in item.items():
                if key == "url" and isinstance(value, str):
                    yield value
                else:
                    yield from found(value)
        elif isinstance(item, list):
            for value in item:
                yield from found(value)

    return list(found(json.loads(page.select_one("#wagtail-sidebar-props").string)))
