"""A council's answers to the files of its site: site.yml, first notices and pages.

Pure, but for reading the templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from string import Template

from generator.content import first_version, marks, site_file
from generator.content.site_file import FILE, Theme
from generator.pages.theme import OWN_TEMPLATES
from generator.problems import ContentError
from generator.repository import CONTENT
from generator.starting.council import Council
from generator.versions import frozen_yaml

START = OWN_TEMPLATES / "start"
PERIODS = {"consents": "6 years", "requests": "3 years", "problems": "1 year", "staff_logs": "2 years"}
"""How long records are kept where the council does not change it: in site.yml, and in the notice that tells of it."""
OFFICER = {"en": "Data Protection Officer", "cy": "Swyddog Diogelu Data"}
ADDED_TO = {".gitignore": "gitignore", ".gitattributes": "gitattributes"}
"""Files that may be there already: what they lack is added. Their names here have no dot, which packages leave out."""


def files(council: Council, on: date, present: Mapping[str, str]) -> dict[str, bytes]:
    """Each file by its path in the site's folder, site.yml last: without it a folder is no site yet.

    Notices are to be looked at again a year after `on`. `present` are the texts of those files of `ADDED_TO` that exist.
    `ContentError` where site.yml could not be read with these answers, which would be a fault of the program.
    """
    texts = dict(_contents(council.cleaned(), on))
    for name, template in ADDED_TO.items():
        texts[name] = _with_lines(present.get(name, ""), _read(START / template))
    texts[FILE] = Template(_read(START / FILE)).substitute(_site(council.cleaned()))
    _, problems = site_file.read(texts[FILE].encode())
    if problems:
        raise ContentError(problems)
    return {name: text.encode() for name, text in texts.items()}


def _contents(council: Council, on: date) -> Iterator[tuple[str, str]]:
    main = council.language_codes[0]
    for language in council.language_codes:
        suffix = ".md" if language == main else f".{language}.md"
        said = _notice(council, language, on)
        for template in sorted(START.glob(f"*/notice.{language}.md")):
            yield f"{CONTENT}/{template.parent.name}/notice{suffix}", Template(_read(template)).substitute(said)
        for template in sorted((START / "pages").glob(f"*.{language}.md")):
            yield f"{CONTENT}/pages/{template.name.partition('.')[0]}{suffix}", _read(template)


def _site(council: Council) -> dict[str, str]:
    """The lines of site.yml."""
    name = council.name or marks.text("the council's full legal name")
    short_name = council.short_name or council.name or marks.text("the council's everyday name")
    return {
        "name": _line("name", name),
        "short_name": _line("short_name", short_name),
        "website": _line("website", council.website or marks.address("website")),
        "officer": _named({code: council.officer or OFFICER[code] for code in council.language_codes}),
        "officer_email": _line("email", council.officer_email or marks.email("officer")),
        "complaints": _line("form", council.complaints or marks.address("complaints")),
        "complaints_email": _line("email", council.complaints_email or marks.email("complaints")),
        "address": _line("base_url", council.address or marks.address("privacy")),
        "languages": f"languages: [{', '.join(council.language_codes)}]",
        "colour": _line("accent", council.colour or Theme.accent),
        **PERIODS,
    }


def _notice(council: Council, language: str, on: date) -> dict[str, str]:
    """The values that differ from council to council in its first notices."""
    email = _line("email", council.officer_email) if council.officer_email else "# email: officer@council.example"
    officer = _line("name", council.officer or OFFICER[language])
    return {"officer": officer, "owner_email": email, "review_by": first_version.review_by(on).isoformat(), **PERIODS}


def _named(names: Mapping[str, str]) -> str:
    """A name on one line, or one in each language where they differ."""
    if len(set(names.values())) == 1:
        return _line("name", next(iter(names.values())))
    lines = [f"    {_line(language, name)}" for language, name in names.items()]
    return "\n".join(["name:", *lines])


def _line(key: str, value: str) -> str:
    """`key: "value"`, safely quoted."""
    return frozen_yaml.dump({key: value}).rstrip("\n")


def _with_lines(present: str, wanted: str) -> str:
    """A text with the lines added at its end that it lacks; remarks alone are not added."""
    if not present:
        return wanted
    lines = present.splitlines()
    missing = [line for line in wanted.splitlines() if line not in lines and not line.startswith("#")]
    return "\n".join([*lines, *missing]) + "\n"


def _read(path: Path) -> str:
    return path.read_text("utf-8")
