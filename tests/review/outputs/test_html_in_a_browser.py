"""The page in Chromium, as its readers have it: one browser for all tests, driven over WebDriver."""

import itertools
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from http.client import HTTPConnection

import pytest

from dflow_review.finding import Answer, Finding, Verdicts
from dflow_review.outputs.html import render

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")

pytestmark = [
    pytest.mark.slow,  # a browser takes seconds to start
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium and chromedriver on PATH; see .ci/chromium"),
]


class Browser:
    """As much of WebDriver as this needs."""

    def __init__(self, port, directory):
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._session = ""
        self._files = (directory / f"{number}.html" for number in itertools.count())
        arguments = ["--headless", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={directory}/profile"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # Chromium's own refuses root
        always = {
            "goog:chromeOptions": {"args": arguments, "binary": CHROMIUM},
            "goog:loggingPrefs": {"browser": "ALL"},
        }
        answer = self._call("POST", "/session", {"capabilities": {"alwaysMatch": always}})
        self._session = f"/session/{answer['sessionId']}"

    def _call(self, method, path, body=None):
        self._connection.request(method, self._session + path, None if body is None else json.dumps(body))
        answer = json.load(self._connection.getresponse())["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise AssertionError(answer["message"])
        return answer

    def open(self, text):
        path = next(self._files)
        path.write_text(text, encoding="utf-8")
        self._call("POST", "/url", {"url": path.as_uri()})

    def run(self, script):
        return self._call("POST", "/execute/sync", {"script": f"return {script}", "args": []})

    def chromium(self, command, **parameters):
        return self._call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def found(self, selector):
        element = self._call("POST", "/element", {"using": "css selector", "value": selector})
        return next(iter(element.values()))

    def click(self, selector):
        self._call("POST", f"/element/{self.found(selector)}/click", {})

    def called(self, selector):
        """What a screen reader says."""
        return self._call("GET", f"/element/{self.found(selector)}/computedlabel")

    def press(self, *keys):
        pressed = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": pressed}]})

    def complaints(self):
        return [entry["message"] for entry in self._call("POST", "/se/log", {"type": "browser"})]

    def quit(self):
        try:
            if self._session:
                self._call("DELETE", "")
        finally:
            self._connection.close()


TAB, SPACE, DOWN, ENTER = "\ue004", " ", "\ue015", "\ue007"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    directory = tmp_path_factory.mktemp("browser")
    with subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as driver:
        try:
            lines = iter(driver.stdout.readline, "")
            port = next(filter(None, (re.search(r"successfully on port (\d+)", line) for line in lines))).group(1)
            browser = Browser(int(port), directory)
            yield browser
            browser.quit()
        finally:
            driver.terminate()


def rows(browser):
    """The connections in sight: what becomes of each, and from where it comes."""
    return browser.run(
        "[...document.querySelectorAll('tbody tr')].filter((row) => getComputedStyle(row).display != 'none')"
        ".map((row) => [row.className, row.cells[1].firstChild.data, row.cells[2].firstChild.data])"
    )


def arrows(browser):
    """How many arrows of each kind are in sight."""
    kinds = browser.run(
        "[...document.querySelectorAll('g[data-status]')].filter((arrow) => getComputedStyle(arrow).display != 'none')"
        ".map((arrow) => arrow.dataset.status)"
    )
    return {kind: kinds.count(kind) for kind in kinds}


def boxes(browser):
    return browser.run(
        "[...document.querySelectorAll('g[data-box]')].filter((box) => getComputedStyle(box).display != 'none')"
        ".map((box) => box.querySelector('.title').textContent)"
    )


def test_before_and_after_show_what_is_there_then(browser, ordinary):
    browser.open(render(ordinary))
    assert len(rows(browser)) == 7
    assert arrows(browser) == {"same": 6, "added": 3, "removed": 1, "unknown": 1}

    browser.click("input[value=before]")
    assert {row[0] for row in rows(browser)} == {"removed", "same"}
    assert "fra-3" not in boxes(browser)
    assert "fra-2" in boxes(browser)

    browser.click("input[value=after]")
    assert {row[0] for row in rows(browser)} == {"added", "unknown", "same"}
    assert "fra-3" in boxes(browser)
    assert "fra-2" not in boxes(browser)

    browser.click("input[value=changes]")
    assert rows(browser) == [
        ["added", "orders:5432", "fra-3"],
        ["unknown", "billing", "fra-4"],
        ["removed", "reports:5432", "fra-2"],
    ]


def test_environment_and_database_narrow_what_is_shown_and_one_button_shows_everything_again(browser, ordinary):
    browser.open(render(ordinary))

    browser.click("#environment option:nth-child(3)")  # staging
    assert rows(browser) == [["same", "ledger:5432", "fra-1"]]
    assert boxes(browser) == ["fra-1", "ledger:5432"]
    assert browser.run("document.getElementById('count').textContent") == "1 of 7 connections"

    browser.click("#everything")
    assert len(rows(browser)) == 7

    browser.click("#database option:nth-child(4)")  # orders:5432
    assert {row[1] for row in rows(browser)} == {"orders:5432"}
    assert "billing" not in boxes(browser)


def test_everything_works_with_the_keyboard_alone(browser, ordinary):
    browser.open(render(ordinary))

    browser.press(TAB, DOWN)
    assert browser.run("document.activeElement.value") == "before"
    assert {row[0] for row in rows(browser)} == {"removed", "same"}

    browser.press(TAB, "s")
    assert browser.run("document.activeElement.id") == "environment"
    assert rows(browser) == [["same", "ledger:5432", "fra-1"]]

    browser.press(TAB, TAB, ENTER)
    assert browser.run("document.activeElement.id") == "everything"
    browser.press(TAB, TAB)
    assert len(rows(browser)) == 7
    assert browser.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def untold(browser):
    """What cannot be told and is in sight."""
    return browser.run(
        "[...document.querySelectorAll('[data-about]')].filter((each) => each.checkVisibility())"
        ".map((each) => each.textContent)"
    )


def test_what_cannot_be_told_unfolds_with_the_keyboard_and_follows_the_chosen_database(browser, ordinary, build):
    about = {"orders": "one", "billing": "two", "": "three"}
    findings = [Finding(build.rule, "", text, Answer.CANNOT_TELL, database=name) for name, text in about.items()]
    browser.open(render(replace(ordinary, verdicts=Verdicts(tuple(findings)))))
    assert untold(browser) == []

    browser.run("document.querySelector('summary').focus()")
    browser.press(ENTER, TAB, ENTER)
    assert untold(browser) == ["one", "two", "three"]

    browser.click("#database option:nth-child(4)")  # orders:5432
    assert untold(browser) == ["one", "three"]

    browser.click("#everything")
    assert untold(browser) == ["one", "two", "three"]


def test_a_screen_reader_is_told_what_everything_is(browser, ordinary):
    browser.open(render(ordinary))

    assert browser.called("svg").startswith("Who can reach which database")
    assert browser.called("#environment") == "Environment"
    assert browser.called("#database") == "Database"
    assert browser.called("fieldset") == "Show"
    assert browser.called("input[value=after]") == "After"


@pytest.mark.parametrize("review", ["ordinary", "hostile", "opened", "quiet"])
def test_nothing_runs_but_the_script_of_the_page_and_nothing_is_loaded(browser, review, request):
    browser.complaints()
    browser.open(render(request.getfixturevalue(review)))

    assert browser.complaints() == []
    assert browser.run("document.scripts.length") == 1
    assert browser.run("document.images.length + document.links.length") == 0
    assert browser.run("performance.getEntriesByType('resource').length") == 0
    browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    assert browser.run("window.ran === undefined")


def luminance(colour):
    numbers = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in numbers)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_lines_stand_out_in_light_and_in_dark(browser, scheme, ordinary):
    browser.chromium("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.open(render(ordinary))

    def contrast(selector, name, behind, behind_name):
        pair = (
            f"getComputedStyle(document.querySelector('{each}'))['{of}']"
            for each, of in [(selector, name), (behind, behind_name)]
        )
        light, dark = sorted((luminance(browser.run(each)) for each in pair), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    assert contrast("body", "color", "body", "backgroundColor") >= 7
    for text in ("small", ".sign-added", ".sign-removed", ".sign-unknown"):
        assert contrast(text, "color", "body", "backgroundColor") >= 4.5
    assert contrast("svg .title", "fill", "svg .box", "fill") >= 7
    assert contrast("svg .subtitle", "fill", "svg .box", "fill") >= 4.5
    for kind in ("added", "removed", "unknown", "same"):
        assert contrast(f"svg .{kind} .arrow", "stroke", "svg .paper", "fill") >= 3
    for kind in ("added", "removed", "unknown"):
        assert contrast(f"svg .{kind} .sign", "fill", f"svg .{kind} .disc", "fill") >= 4.5


def test_a_narrow_screen_scrolls_the_picture_and_not_the_page(browser, hostile):
    metrics = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": False}
    browser.chromium("Emulation.setDeviceMetricsOverride", **metrics)
    try:
        browser.open(render(hostile))
        assert browser.run("document.documentElement.scrollWidth") <= 360
    finally:
        browser.chromium("Emulation.clearDeviceMetricsOverride")


def test_the_page_is_complete_where_scripts_are_off(browser, ordinary):
    browser.chromium("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(render(ordinary))
    finally:
        browser.chromium("Emulation.setScriptExecutionDisabled", value=False)

    assert len(rows(browser)) == 7
    assert len(boxes(browser)) == 11
    assert not browser.run("document.getElementById('filters').checkVisibility()")


@pytest.mark.parametrize("review", ["ordinary", "hostile"])
def test_every_text_of_the_picture_fits_into_its_box(browser, review, request):
    browser.open(render(request.getfixturevalue(review)))
    outside = browser.run(
        "[...document.querySelectorAll('g[data-box]')].filter((box) => {"
        "  const around = box.querySelector('.box').getBBox();"
        "  return [...box.querySelectorAll('text')].some((text) => {"
        "    const inner = text.getBBox();"
        "    return inner.x < around.x || inner.x + inner.width > around.x + around.width;"
        "  });"
        "}).map((box) => box.textContent)"
    )

    assert outside == []
