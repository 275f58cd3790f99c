"""Pages on a poor line: largest contentful paint on slow 3G with a slow processor, and weights.

    python benchmarks/pages.py

The line is that of the developer tools of Chromium (50 kB/s, 2,000 ms for each request), the
processor four times slower, nothing cached. The median of three visits counts.
"""

from __future__ import annotations

import gzip
import os
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from load import prepare, serve
from playwright.sync_api import BrowserContext, Response, sync_playwright

PORT = 8941
SLOW = {"downloadThroughput": 50_000, "uploadThroughput": 50_000, "latency": 2000}
WATCH = """
window.paint = 0;
new PerformanceObserver(list => { for (const e of list.getEntries()) window.paint = e.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
"""
PATHS = (
    ("board with map", "/"),
    ("situations", "/situations/"),
    ("one situation", "/situations/{case}/"),
    ("picture", "/situations/{case}/picture"),
    ("claims", "/claims/"),
    ("assess", "/situations/{case}/assess"),
    ("brief", "/situations/{case}/brief"),
    ("tasks", "/tasks/"),
    ("catalogue", "/choose/"),
    ("account", "/account/"),
    ("settings", "/settings/"),
)


def main() -> None:
    """Measure, and print."""
    home = Path(tempfile.mkdtemp(prefix="standwith-pages-"))
    cases, cookies = prepare(home, 1)
    server = serve(home, PORT)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    try:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            context = browser.new_context(base_url=f"http://localhost:{PORT}")
            cookie = {"name": "standwith", "value": cookies[0], "url": f"http://localhost:{PORT}"}
            print(f"{'page':<20}{'LCP ms':>9}{'limit':>8}{'kB gz':>8}{'limit':>8}{'JS kB':>8}")
            row(context, "sign-in", "/sign-in")
            context.add_cookies([cookie])  # type: ignore[list-item]
            for name, path in PATHS:
                row(context, name, path.format(case=cases[0]))
    finally:
        server.terminate()
        server.wait(timeout=30)


def row(context: BrowserContext, name: str, path: str) -> None:
    """Measure a page, and print its row."""
    paint = statistics.median(painted(context, path) for _ in range(3))
    total, script = weight(context, path)
    most = 50 if path == "/" else 25
    print(f"{name:<20}{paint:>9.0f}{2500:>8}{total:>8.1f}{most:>8}{script:>8.1f}", flush=True)


def painted(context: BrowserContext, path: str) -> float:
    """Visit a page over the slow line; return its largest contentful paint in milliseconds."""
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", {"offline": False, **SLOW})
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(path, wait_until="load", timeout=120_000)
    page.wait_for_timeout(1000)
    found = float(page.evaluate("window.paint"))
    page.close()
    return found


def weight(context: BrowserContext, path: str) -> tuple[float, float]:
    """Sum what a page loads, compressed: everything, and scripts alone, in kB."""
    page, answers = context.new_page(), list[Response]()
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - the driver wants a function of Python
    page.goto(path, wait_until="networkidle")
    sizes: list[tuple[Any, int]] = [
        (answer.request.resource_type, len(gzip.compress(answer.body(), 9))) for answer in answers
    ]
    page.close()
    total = sum(size for _, size in sizes)
    return total / 1024, sum(size for kind, size in sizes if kind == "script") / 1024


if __name__ == "__main__":
    main()
