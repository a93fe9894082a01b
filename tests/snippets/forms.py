"""What a browser would post from the forms of the admin."""

from bs4 import BeautifulSoup


def filled_form(response) -> dict[str, object]:
    """The fields of the page's main form, as a browser that changes nothing would post them."""
    soup = BeautifulSoup(response.content, "html.parser")
    form = soup.select_one("#w-editor-form") or soup.select_one("main form[method=post], main form[method=POST]")
    data: dict[str, object] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.has_attr("disabled") or field.find_parent("template"):
            continue
        name, kind = field["name"], field.get("type", "")
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[name] = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            data[name] = (field.text or "").lstrip("\n")
        elif kind not in ("submit", "button", "file"):
            data[name] = field.get("value", "on" if kind == "checkbox" else "")
    return data


def errors_of(response) -> list[str]:
    """The messages shown beside the fields."""
    soup = BeautifulSoup(response.content, "html.parser")
    return [item.get_text(" ", strip=True) for item in soup.select(".error-message")]


def messages_of(response) -> list[str]:
    """The messages at the top of the page."""
    soup = BeautifulSoup(response.content, "html.parser")
    return [item.get_text(" ", strip=True) for item in soup.select(".messages li") if item.get_text(strip=True)]
