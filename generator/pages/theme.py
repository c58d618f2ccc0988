"""Templates, words and assets: where they are looked up, and the environment that renders pages with them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

import generator
import widget
from generator import site_folder
from generator.content.faults import F04
from generator.content.notice_file import decode_text
from generator.content.site_file import FILE, SiteSource, Theme
from generator.pages.faults import W03
from generator.problems import ContentError, Place, Problem
from generator.site_plan import ASSETS, EMBEDDED
from generator.wording import page_ids, strings
from generator.wording.strings import Words

_PRODUCT = Path(generator.__file__).resolve().parent
OWN_TEMPLATES = next(p for p in (_PRODUCT / "default_templates", _PRODUCT.parent / "templates") if p.is_dir())
WIDGET = Path(widget.__file__).resolve().parent
ALWAYS = ("site.css", "filter.js")
PDF = "print.css"
WIDGET_FILES = dict(zip(EMBEDDED, ("consent.min.js", "consent.css"), strict=True))
"""The script and the styles that other sites embed, and where they come from."""
_ORIGIN = b'--origin:""'
"""Where the styles want the scheme and the host of the site, which they print before the paths of its own pages."""
_ACCENT = re.compile(rb"/\*.*?\*/|(?<![\w-])--accent\s*:\s*([^\s;}][^;}]*?)\s*(?=[;}])", re.S)
"""A comment, which is passed over, or the accent that a stylesheet sets."""


def folders(root: Path, site: SiteSource) -> list[Path]:
    """Where a template is looked up, first to last: the theme's folder, the site's own, the product's."""
    own = [root / site.theme.templates] if site.theme.templates else []
    return [*own, *(folder for folder in (root / "templates", OWN_TEMPLATES) if folder.is_dir())]


def refuse_outside(root: Path, site: SiteSource) -> None:
    """Raise `ContentError` where the site's own templates, or one of them, lie outside its folder."""
    problems: list[Problem] = []
    for folder in dict.fromkeys([*([root / site.theme.templates] if site.theme.templates else []), root / "templates"]):
        if not site_folder.is_within(root, folder):
            message = f"The folder of templates, {site.theme.templates or folder.name}, lies outside the site's folder."
            problems.append(F04.problem(Place(FILE), message, "Put the templates into a folder beside site.yml."))
        elif folder.is_dir():
            paths = sorted(path for path in folder.rglob("*") if not path.name.startswith("."))
            links = (path for path in paths if path.is_symlink() or not path.is_dir())
            problems += (p for p in (site_folder.unreadable(root, path) for path in links) if p is not None)
    if problems:
        raise ContentError(problems)


def find(name: str, where: list[Path]) -> Path:
    """The first file of that name; `FileNotFoundError` if no folder has it."""
    for folder in where:
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"{name} is in none of {', '.join(map(str, where))}")


def read_words(where: list[Path], languages: tuple[str, ...]) -> dict[str, Words]:
    """The words of every language of the site; a nearer folder's file of the same name replaces a farther one's.

    The product's words fill what those files leave out.
    """
    own = _string_files([folder for folder in where if folder != OWN_TEMPLATES])
    return strings.read(own, languages, _string_files([OWN_TEMPLATES]))


def _string_files(where: list[Path]) -> dict[str, str]:
    """The text of each string file of some folders by its name, a nearer folder's before a farther one's."""
    files: dict[str, str] = {}
    for folder in reversed(where):
        for path in site_folder.listed(folder / "strings", ".yml"):
            if path.is_dir():
                raise ContentError([unusable(Place(f"{strings.FOLDER}/{path.name}"), "it is a folder")])
            text, problems = decode_text(path.read_bytes(), f"{strings.FOLDER}/{path.name}")
            if text is None:
                raise ContentError(problems)
            files[path.name] = text
    return files


def sources(where: list[Path]) -> Iterator[Path]:
    """Every file that pages are made from: templates, strings, styles and scripts, those of the widget too."""
    for folder in (*where, WIDGET / "templates", WIDGET / "static"):
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def read_assets(root: Path, where: list[Path], site: SiteSource) -> dict[str, bytes]:
    """The styles, scripts and logo by name, with the council's accent colour and the site's origin in the styles.

    Raises `ContentError` where the logo is not in the site's folder, or the styles have no place for the colour.
    """
    needed = [*ALWAYS, *([PDF] if site.pdf else ())]
    assets = {name: find(name, where).read_bytes() for name in needed}
    coloured = _coloured(assets["site.css"], site.theme.accent, find("site.css", where))
    base = urlsplit(site.base_url)
    assets["site.css"] = coloured.replace(_ORIGIN, f'--origin:"{base.scheme}://{base.netloc}"'.encode(), 1)
    assets |= {name: (WIDGET / "static" / file).read_bytes() for name, file in WIDGET_FILES.items()}
    if (name := site.logo) is not None:
        assets[name] = _logo(root, str(site.theme.logo))
    return assets


def _coloured(styles: bytes, accent: str, path: Path) -> bytes:
    """The styles with the accent in the place of their own: the value of the first `--accent`, however it is laid out."""
    for found in _ACCENT.finditer(styles):
        if found[1] is not None:
            return styles[: found.start(1)] + accent.encode() + styles[found.end(1) :]
    if accent == Theme.accent:
        return styles
    remedy = f"Write `:root {{ --accent: {Theme.accent}; }}` in it, or take `accent` out of site.yml."
    raise ContentError(
        [
            W03.problem(
                Place(f"{path.parent.name}/{path.name}"),
                "This file has no place for the `accent` of site.yml.",
                remedy,
            )
        ]
    )


def _logo(root: Path, name: str) -> bytes:
    path = root / name
    if not site_folder.exists(path):
        remedy = "Put the picture there, or take `logo` out of site.yml."
        raise ContentError([F04.problem(Place(FILE), f"There is no file {name} beside site.yml.", remedy)])
    return site_folder.read(root, path)


def hashed_name(name: str, data: bytes) -> str:
    """An asset's file with its digest in its name, so that a browser may keep it for ever:
    `assets/site.1a2b3c4d5e.css`."""
    stem, _, suffix = name.rpartition(".")
    return f"{ASSETS}/{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"


class Environment(jinja2.Environment):
    """The templates of one language. Their words without placeholders are compiled into them."""

    def __init__(self, words: Words, **options: Any) -> None:
        super().__init__(**options)
        self.words = words
        self.globals |= {"t": words, "date": words.full_date, "direction": strings.direction}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        return SaidWords(self.words).visit(tree)  # type: ignore[no-any-return]


class SaidWords(NodeTransformer):
    """Puts the sentence in place of each call of `t` with a key alone; one that is missing stays, for the day it is
    used."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def visit_Call(self, node: nodes.Call, *_: Any, **__: Any) -> nodes.Node:
        self.generic_visit(node)
        only_key = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if isinstance(node.node, nodes.Name) and node.node.name == "t" and only_key:
            key = node.args[0]
            if isinstance(key, nodes.Const) and key.value in self.words.sentences:
                return nodes.Const(self.words(key.value), lineno=node.lineno)
        return node


class Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates on the disk, one file for each template and language; it is used while both are the same."""

    def __init__(self, folder: Path, words: Words) -> None:
        super().__init__(str(folder))
        self.language, self.digest = words.language, words.digest

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return f"{super().get_cache_key(name, filename)}-{self.language}"

    def get_source_checksum(self, source: str) -> str:
        return f"{super().get_source_checksum(source)}-{self.digest}"


class _Templates(jinja2.FileSystemLoader):
    """Templates of folders; one that is no text is unusable like one that cannot be parsed."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as failure:
            raise jinja2.TemplateSyntaxError("it is not saved as UTF-8", 1, template) from failure


def inside(styles: bytes) -> str:
    """Styles as they stand inside a page; empty where they cannot: they load other files, would end their element,
    are no UTF-8.

    Remarks and line ends go. Quoted text has neither.
    """
    try:
        text = re.sub(r"/\*.*?\*/", "", styles.decode(), flags=re.S)
    except UnicodeDecodeError:  # browsers read a file of styles in the encoding that it names
        return ""
    if re.search(r"</|<!|url\(|@import|@charset", text, re.I):
        return ""
    return "".join(line.strip() for line in text.splitlines())


def environment(
    where: list[Path], assets: Mapping[str, str], words: Words, compiled: Path | None = None, styles: str = ""
) -> jinja2.Environment:
    """Escapes everything and refuses a name that has no value. `assets` maps a name to its file.

    `styles` are put into the pages that have them inside. Templates are read once. Compiled ones are kept in the
    folder `compiled` for the next build.
    """
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
    widget_templates = jinja2.FileSystemLoader(WIDGET / "templates")
    loader = jinja2.ChoiceLoader(
        [_Templates(where), jinja2.PrefixLoader({"widget": widget_templates})],
    )
    found = Environment(
        words,
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=Compiled(compiled, words) if compiled else None,
    )
    found.filters["shown_id"] = page_ids.shown_id
    found.globals["asset"] = lambda name: f"/{assets[name]}"
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    found.globals |= {"styles": Markup(styles), "styles_digest": f"sha256-{digest}"}  # noqa: S704 (the site's own)
    return found


def render(env: jinja2.Environment, template: str, values: Mapping[str, Any]) -> str:
    """A page's HTML, in the language of the environment. `ContentError` where a template cannot be used."""
    try:
        return env.get_template(template).render(values)
    except jinja2.TemplateSyntaxError as failure:
        place = Place(failure.filename or failure.name or template, failure.lineno)
        raise ContentError([unusable(place, failure.message or "it cannot be read")]) from failure
    except jinja2.TemplateNotFound as failure:
        why = f"it asks for {failure.name}, which neither your templates nor this release have"
        raise ContentError([unusable(Place(f"templates/{template}"), why)]) from failure
    except ContentError:
        raise
    except Exception as failure:  # a template can do whatever Python's operators can: divide by nothing, call itself
        raise ContentError([unusable(Place(f"templates/{template}"), str(failure).strip("'\""))]) from failure


def unusable(place: Place, why: str) -> Problem:
    """The problem of a template that no page can be made with."""
    remedy = "Put it right, or delete it to use the product's own."
    return W03.problem(place, f"A template cannot be used: {why.rstrip('.')}.", remedy)
