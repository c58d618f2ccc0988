"""Wrong use of a command is answered in one sentence with what to write instead, never with a list of every option."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from generator import cli as noticeboard
from widget import cli as consents


@pytest.mark.parametrize(
    ("program", "words", "said"),
    [
        ("noticeboard", "publish a --effective tomorrow", "--effective: 'tomorrow' is not a date like 2026-12-01"),
        ("noticeboard", "publish a --kind small", "'small' is none of typo, clarification, material, new-purpose"),
        ("noticeboard", "publish a --summary", "--summary wants a value behind it"),
        ("noticeboard", "call-off a A", "N wants a whole number such as 2, not 'A'"),
        ("noticeboard", "call-off a", "N is missing"),
        ("noticeboard", "status zzz", "zzz is more than this command takes"),
        ("noticeboard", "buidl", "there is no command `buidl`; perhaps you mean build"),
        ("noticeboard", "check --format cvs", "--format cannot be `cvs`; it is one of text, json, sarif, github"),
        ("noticeboard", "approve a --by A --role B --replace x", "--replace wants 2 values behind it"),
        ("noticeboard", "serve --port high", "--port wants a whole number such as 2, not 'high'"),
        ("noticeboard", "translate", "COMMAND is missing"),
        ("consents", "exprot", "perhaps you mean export"),
        ("consents", "export --from yesterday", "--from wants a day like 2026-12-01, not 'yesterday'"),
        ("consents", "serve zzz", "zzz is more than this command takes"),
    ],
)
def test_wrong_use_is_answered_in_one_sentence(
    program: str, words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        {"noticeboard": noticeboard, "consents": consents}[program].main(words.split())
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in told and told.startswith(program) and told.count("\n") == 1 and "usage" not in told


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in set(action.choices.values()):
                yield from parsers(inner)


@pytest.mark.parametrize("program", [noticeboard, consents], ids=["noticeboard", "consents"])
def test_no_command_shows_its_inner_names_for_a_value_that_it_cannot_read(
    program: object, capsys: pytest.CaptureFixture[str]
) -> None:
    for parser in parsers(program.parser()):  # type: ignore[attr-defined]
        for action in parser._actions:
            if action.type is None:
                continue
            try:
                parser._get_value(action, "no such value!")
            except argparse.ArgumentError as failure:
                with pytest.raises(SystemExit):
                    parser.error(str(failure))
                told = capsys.readouterr().err
                assert "invalid" not in told and told.count("\n") == 1, told
