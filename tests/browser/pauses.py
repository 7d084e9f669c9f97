"""For how long a page answers to nothing: in processor time of its thread, whatever else the machine has to do."""

from collections.abc import Callable

from playwright.sync_api import CDPSession, Page

LONGEST_PAUSE = 2
"""Seconds after which people take a page that answers to nothing for broken."""


def pause(page: Page, act: Callable[[], object]) -> float:
    """Seconds that the page works on what was done, until it has been drawn."""
    browser = page.context.new_cdp_session(page)
    browser.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = worked(browser)
    act()
    page.evaluate("() => new Promise((after) => requestAnimationFrame(() => requestAnimationFrame(after)))")
    found = worked(browser) - before
    browser.detach()
    return found


def worked(browser: CDPSession) -> float:
    """Seconds of the page's main thread so far."""
    metrics = browser.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))
