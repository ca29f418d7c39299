"""Fixtures for all tests: real browsers, started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from browser import Firefox, Tab, find_browser, launch_chromium

settings.register_profile("any machine", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Tab]:
    """A fresh page of a fresh profile; `tab.errors` collects the console's errors."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield Tab(context.new_page()).watch()
    context.close()


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    browser = Firefox(find_browser("firefox-esr", "firefox", package="firefox-esr"))
    yield browser
    browser.close()
