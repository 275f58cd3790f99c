"""Matrix of the explorer in a real browser: all pairs of dimensions."""

from __future__ import annotations

import os
import shutil
import sys
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from standwith.choose.action import DIMENSIONS
from standwith.choose.release import current
from standwith.publish.explorer import explorer_page

LIMIT = 100


def main() -> None:
    """Print the slowest matrices in ms against the limit."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("no Chromium; name one with CHROMIUM=/path")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "explorer.html"
        path.write_text(explorer_page(current()), "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(path.as_uri())
        times = {}
        for rows, columns in permutations(DIMENSIONS, 2):
            page.select_option("#rows", rows)
            page.select_option("#columns", columns)
            times[rows, columns] = float(page.get_attribute("#matrix", "data-ms") or "nan")
        browser.close()
    print(f"{'matrix':<20} {'ms':>7} {'limit':>6} {'ratio':>6}")
    for (rows, columns), value in sorted(times.items(), key=lambda item: -item[1])[:5]:
        print(f"{rows + ' x ' + columns:<20} {value:7.1f} {LIMIT:6} {value / LIMIT:6.2f}")


if __name__ == "__main__":
    main()
