"""The browser of the tests: the system's, without a window, and asking nothing of anyone but the page."""

from playwright.sync_api import Browser, Locator, Page, Playwright, expect

PATH = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# As patient as the other waits of Playwright: a busy machine is slow, not wrong.
expect.set_options(timeout=30_000)


def launch(playwright: Playwright) -> Browser:
    """Start it; whoever starts it closes it."""
    return playwright.chromium.launch(executable_path=PATH, args=ARGUMENTS)


def follow(control: Locator, key: str = "") -> None:
    """Click what leads to a page, or strike this key on it, and wait for the page.

    A click alone returns at once, and the page left would still be read.
    """
    with control.page.expect_navigation():
        if key:
            control.press(key)
        else:
            control.click()


def wait_for_focus(page: Page, attribute: str, value: str) -> None:
    """Wait until the focus is where this attribute has this value: `autofocus` acts at the first drawing, after the load."""
    page.wait_for_function("([name, value]) => document.activeElement[name] === value", arg=[attribute, value])
