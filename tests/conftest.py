"""Fixtures for all tests: real browsers, started once, and one dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from browser import Firefox, Tab, find_browser, launch_chromium
from jianbao.search import dictionary

settings.register_profile("any machine", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def _one_dictionary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every archive gets a dictionary file of its own, of the same bytes, which take two seconds to make: made once
    for all the archives of this process."""
    folder, made = tmp_path_factory.mktemp("dictionary"), dictionary.packed
    once = cache(lambda: made(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dictionary, "packed", lambda _: once())
        yield


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
