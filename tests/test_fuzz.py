"""A short run of the fuzzer, the same cases every time; `make fuzz` is the long one, with the large texts too."""

from __future__ import annotations

import random
from itertools import count, islice

import pytest

from tests.fuzz import Fuzzer, case, mutated

LARGEST = 16_000
CASES = list(islice((seed for seed in count(1) if len(mutated(random.Random(seed))) < LARGEST), 80))  # noqa: S311


@pytest.fixture(scope="module")
def fuzzer(tmp_path_factory: pytest.TempPathFactory) -> Fuzzer:
    return Fuzzer(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("first", range(0, len(CASES), 20))
def test_no_mutation_of_a_notice_does_harm(fuzzer: Fuzzer, first: int) -> None:
    wrong = {seed: text for seed in CASES[first : first + 20] if (text := case(fuzzer, seed)[1])}
    assert not wrong
