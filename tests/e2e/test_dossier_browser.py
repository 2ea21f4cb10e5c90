"""The dossier in a real browser: no network, no errors, both languages, and a figure that says why."""

import importlib.util
from pathlib import Path

import pytest

from parkloop.reports import write_dossier

pytestmark = pytest.mark.browser

EXAMPLE = Path(__file__).parents[1] / "unit" / "reports" / "conftest.py"
WIDTHS = (390, 820, 1440)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    spec = importlib.util.spec_from_file_location("dossier_example", EXAMPLE)
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    path = tmp_path_factory.mktemp("dossier") / "dossier.html"
    documents = write_dossier(example.build_result(), ("vi", "en"))
    path.write_bytes(next(item.content for item in documents if item.name == "dossier.html"))
    return path.as_uri()


class Visit:
    """A page with what it complained about and what it asked the network for."""

    def __init__(self, browser, url, width=1440, *, scripts=True):
        self.errors, self.requests = [], []
        self.page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda asked: self.requests.append(asked.url))
        self.page.goto(url)


@pytest.fixture
def visit(browser, dossier):
    opened = []

    def go(width=1440, *, scripts=True):
        opened.append(Visit(browser, dossier, width, scripts=scripts))
        return opened[-1]

    yield go
    for item in opened:
        item.page.close()


def test_dossier_when_opened_then_no_errors_and_no_network(visit, dossier):
    seen = visit()
    seen.page.wait_for_load_state("networkidle")
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith("data:")] == [dossier]


@pytest.mark.parametrize("width", WIDTHS)
def test_dossier_when_the_screen_is_narrow_or_wide_then_only_tables_scroll_sideways(visit, width):
    page = visit(width).page
    for lang in ("vi", "en"):
        page.click(f"label[for=lang-{lang}]")
        assert (
            page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        )


@pytest.mark.parametrize("scripts", [True, False])
def test_language_when_switched_then_the_other_text_shows(visit, scripts):
    page = visit(scripts=scripts).page
    assert page.is_visible("#page-vi")
    assert not page.is_visible("#page-en")
    page.click("label[for=lang-en]")
    assert page.is_visible("#page-en h1")
    assert not page.is_visible("#page-vi")
    assert page.inner_text("#page-en h1").startswith("Eco-industrial park dossier")


def test_language_when_switched_then_the_document_says_so(visit):
    page = visit().page
    page.click("label[for=lang-en]")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title().startswith("Eco-industrial park dossier")


@pytest.mark.parametrize("scripts", [True, False])
def test_why_when_a_figure_is_opened_then_factor_and_cell_are_shown(visit, scripts):
    page = visit(scripts=scripts).page
    row = page.locator("#vi-solutions tr", has_text="S-001").first
    row.locator("td.num a.v").last.click()
    card = page.locator(".why:has(:target)")
    said = card.inner_text()
    assert card.is_visible()
    assert "Bills!F14" in said
    assert "12,5 tấn/tháng" in said
    assert "0,0006592 tCO₂e/kWh" in said


def test_why_when_escape_is_pressed_then_the_figure_has_the_focus_again(visit):
    page = visit().page
    figure = page.locator("#vi-totals .card .big a.v").last
    figure.click()
    assert page.locator(".why:has(:target)").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.why:has(:target)')")
    assert page.evaluate("document.activeElement.className") == "v"


def test_key_figure_when_its_link_is_followed_then_the_calculation_unfolds(visit):
    page = visit().page
    page.click("#page-vi a.open[href='#vi-unfold-ghg']")
    fold = page.locator("#vi-unfold-ghg")
    assert fold.get_attribute("open") is not None
    said = fold.inner_text()
    for question in ("So với mức nào?", "Ở giai đoạn nào?", "Còn ai tính số này?", "Ranh giới và hệ số nào?"):
        assert question in said


def test_type_when_vietnamese_is_set_then_it_is_the_shipped_font(visit):
    page = visit().page
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert any("Source Sans Pro" in name for name in loaded)
