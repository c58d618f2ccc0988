"""Lists of many notices for the tests: the page alone is rendered, of notices that are copies of one but for what a
list shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

from generator.building.rendering import Rendering
from generator.versions.version import Version
from tests.site_fixtures import TODAY, publish, read

ORIGIN = "http://list.example.org"
SERVICES = (
    "Children’s services",
    "Straße und Łódź",
    "Free‑school meals",
    "Élan Valley",
    "O’Brien's Æsthetics",
    "Parking",
    "School admissions",
    "Taxis",
)


def title(number: int) -> str:
    """The title of the notice of that number."""
    return f"{SERVICES[number % len(SERVICES)]} {number}"


def many(example: Version, count: int, topics: int) -> Iterator[Version]:
    """So many notices in so many topics, each under a name of its own."""
    for number in range(count):
        yield replace(
            example,
            notice=f"notice-{number}",
            title=title(number),
            summary=f"How we use your information in service {number}, free meals or not, and what you can ask us to do.",
            facets={**example.facets, "category": f"Topic {number % topics:02} of the council’s services"},
        )


def list_files(root: Path, counts: tuple[int, ...], topics: int) -> dict[str, bytes]:
    """The list of a published site at `/COUNT` for each count, and the site's assets, by their paths."""
    assert publish(root, "2026-10-01", "First.", "material") == 0
    source = read(root)
    rendering = Rendering(source, TODAY)
    (example,) = (version for version in source.ever if version.language == source.site.language)
    files = {f"/{rendering.names[name]}": data for name, data in rendering.assets.items()}
    for count in counts:
        planner = rendering.knowing(many(example, count, topics))[0]
        index = next(plan for plan in planner.site_plans() if plan.file == "index.html")
        files[f"/{count}"] = rendering.file(index)
    return files


def open_page(browser: Browser, files: dict[str, bytes], *, script: bool = True, width: int = 320) -> Page:
    """A page of a browser to which these files are a website, at ORIGIN."""
    context = browser.new_context(base_url=ORIGIN, viewport={"width": width, "height": 640}, java_script_enabled=script)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        kinds = {"css": "text/css", "js": "text/javascript"}
        kind = kinds.get(path.rpartition(".")[2], "text/html; charset=utf-8")
        body = files.get(path, b"<!doctype html><title>A notice</title>")
        route.fulfill(body=body, content_type=kind)

    context.route("**/*", answer)
    return context.new_page()
