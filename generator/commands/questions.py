"""Questions on a terminal. Where the answers end (Ctrl+C, or Ctrl+D), nothing was written yet, and the command says so."""

from __future__ import annotations

from collections.abc import Callable

from generator.commands.streams import AnswersEnded
from generator.content.decode import NO, YES


def ask(question: str, wrong: Callable[[str], str | None]) -> str:
    """The answer to a question, asked again until `wrong` finds nothing wrong with it."""
    while True:
        answer = _typed(question)
        sentence = wrong(answer)
        if sentence is None:
            return answer
        print(sentence)


def ask_yes_or_no(question: str) -> bool:
    """Whether somebody answers yes; an empty answer is no."""
    answer = ask(question, lambda text: None if text.lower() in (*_YES, *_NO) else "Please answer yes or no.")
    return answer.lower() in _YES


_YES, _NO = (*YES, "y"), (*NO, "n", "")


def _typed(question: str) -> str:
    try:
        return input(f"{question} ").strip()
    except (EOFError, KeyboardInterrupt):
        print()
        raise AnswersEnded from None
