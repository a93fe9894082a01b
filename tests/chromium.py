"""The browser of the tests: the system's, without a window, and asking nothing of anyone but the page."""

from playwright.sync_api import Browser, Locator, Playwright

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


def launch(playwright: Playwright) -> Browser:
    """Start it; whoever starts it closes it."""
    return playwright.chromium.launch(executable_path=PATH, args=ARGUMENTS)


def follow(control: Locator) -> None:
    """Click what leads to a page and wait for it: a click alone returns at once, and the page left would still be read."""
    with control.page.expect_navigation():
        control.click()
