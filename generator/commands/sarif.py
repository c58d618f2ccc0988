"""The problems of a check as SARIF 2.1.0, the format in which code hosts and editors' programs take findings.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/ - columns count characters; a silenced finding is there as suppressed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from generator.commands.report import in_order
from generator.problems import Problem
from generator.rule import Rule
from generator.rules.catalogue import RULES, why
from generator.rules.silence import Silenced

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def problems_sarif(problems: Iterable[Problem], silenced: Iterable[Silenced]) -> str:
    """One log with one run: every rule, every problem, and every silenced one with its reason."""
    results = [_result(problem) for problem in in_order(problems)]
    for item in silenced:
        suppression = {"kind": "inSource", "status": "accepted", "justification": item.reason}
        results += [_result(problem) | {"suppressions": [suppression]} for problem in item.problems]
    driver = {"name": "noticeboard", "rules": [_descriptor(rule) for rule in RULES]}
    run: dict[str, Any] = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.looks_for},
        "help": {"text": why(rule)},
        "defaultConfiguration": {"level": str(rule.level)},
        "properties": {"tags": [str(rule.family)]},
    }


_INDEX: Sequence[str] = [rule.id for rule in RULES]


def _result(problem: Problem) -> dict[str, Any]:
    region = {"startLine": problem.place.line, "startColumn": problem.place.column}
    location = {"artifactLocation": {"uri": quote(problem.place.file)}, "region": region}
    found: dict[str, Any] = {
        "ruleId": problem.rule,
        "level": str(problem.level),
        "message": {"text": f"{problem.message} {problem.remedy}"},
        "locations": [{"physicalLocation": location}],
    }
    return found | ({"ruleIndex": _INDEX.index(problem.rule)} if problem.rule in _INDEX else {})
