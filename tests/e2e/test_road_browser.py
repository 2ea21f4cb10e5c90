"""The documents of the sample programme in a real browser, at three widths and in both languages."""

from pathlib import Path
from typing import Any

import pytest

from parkloop import samples
from parkloop.app.documents import keep
from parkloop.app.runs import Order, produce
from parkloop.app.settings import RunSettings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = produce(samples.make_programme(), "PT", Order(RunSettings(draws=100)))
    written = keep(made.documents, tmp_path_factory.mktemp("road"))
    return next(path for path in written if path.name == "dossier.html")


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_dossier_of_a_sample_park_opens_without_errors_or_requests(
    browser: Any, dossier: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    errors: list[str] = []
    requests: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: requests.append(asked.url))
    page.goto(dossier.as_uri())
    assert errors == []
    assert requests == [dossier.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert "Phú Thịnh" in page.inner_text("h1")
    page.close()


def test_every_chapter_is_there_in_both_languages(browser: Any, dossier: Path) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(dossier.as_uri())
    names = ("totals", "map", "flows", "scores", "solutions", "macc", "exchanges", "quality", "sources")
    for lang in ("vi", "en"):
        for name in names:
            assert page.locator(f"#{lang}-{name}").count() == 1
    page.get_by_text("English", exact=True).first.click()
    assert page.locator("#en-totals").is_visible()
    assert not page.locator("#vi-totals").is_visible()
    page.close()
