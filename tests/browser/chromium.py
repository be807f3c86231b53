"""A person in front of a real Chromium: what they see, click, type and download."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SCREENSHOTS = Path(os.environ.get("RAADSVALG_SCREENSHOTS", "screenshots"))
PHONE, LAPTOP = (360, 740), (1280, 900)
_WAIT = 30
# A browser of a test speaks to the test's own server and to nobody else.
_QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, driver: webdriver.Chrome, base: str, downloads: Path) -> None:
        self.driver = driver
        self.base = base
        self.downloads = downloads

    def go(self, address: str) -> None:
        self.driver.get(self.base + address if address.startswith("/") else address)

    def find(self, selector: str) -> WebElement:
        """The first element that is displayed; waits for it."""
        return self._wait(lambda: self._displayed(selector), f"nothing is displayed at {selector}")

    def click(self, selector: str) -> None:
        element = self.find(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def submit(self, selector: str) -> None:
        """Click, and wait until another page has come."""
        page = self.driver.find_element(By.TAG_NAME, "html")
        self.click(selector)
        self._wait(lambda: _is_gone(page), f"no new page after {selector}")

    def type(self, selector: str, text: str) -> None:
        element = self.find(selector)
        element.clear()
        element.send_keys(text)

    def set(self, name: str, value: str) -> None:
        """Fill in a field of dates or times, whose keyboard differs from language to language."""
        self.driver.execute_script("arguments[0].value = arguments[1]", self.find(f"[name={name}]"), value)

    def attach(self, selector: str, path: Path) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).send_keys(str(path.resolve()))

    def text(self, selector: str = "main") -> str:
        return self.find(selector).text

    def attribute(self, selector: str, name: str) -> str:
        return self.driver.find_element(By.CSS_SELECTOR, selector).get_attribute(name) or ""

    def see(self, selector: str, pattern: str) -> None:
        """Wait until the text at ``selector`` matches."""
        self._wait(lambda: re.search(pattern, self.text(selector)), f"no {pattern!r} at {selector}")

    def downloaded(self, pattern: str) -> Path:
        """The newest finished download of that name; waits for it."""

        def newest() -> Path | None:
            found = sorted(self.downloads.glob(pattern), key=lambda path: path.stat().st_mtime_ns)
            return found[-1] if found and not list(self.downloads.glob("*.crdownload")) else None

        return self._wait(newest, f"no download {pattern}")

    def keep_screenshot(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.driver.save_screenshot(str(SCREENSHOTS / f"{name}.png"))

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.driver.execute_script(script))

    def _displayed(self, selector: str) -> WebElement | None:
        elements = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return next((element for element in elements if element.is_displayed()), None)

    def _wait(self, condition, message: str):  # type: ignore[no-untyped-def]
        try:
            return WebDriverWait(self.driver, _WAIT, poll_frequency=0.05).until(lambda _: condition(), message)
        except TimeoutException:
            self.keep_screenshot(f"failed-{time.time_ns()}")
            raise


def _is_gone(element: WebElement) -> bool:
    try:
        element.is_enabled()
    except WebDriverException:  # the driver has several names for a page that is no longer there
        return True
    return False


@contextmanager
def open_browser(base: str, downloads: Path, size: tuple[int, int], language: str = "en") -> Iterator[Person]:
    """A fresh browser with nothing in it."""
    width, height = size
    options = Options()
    options.binary_location = CHROMIUM or ""
    for argument in (*_QUIET, f"--window-size={width},{height}"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    if size == PHONE:
        metrics = {"width": width, "height": height, "pixelRatio": 2.0}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    downloads.mkdir(parents=True, exist_ok=True)
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
    try:
        yield Person(driver, base, downloads)
    finally:
        driver.quit()
