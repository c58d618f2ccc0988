"""A short run of the fuzzer, the same cases every time; `make fuzz` is the long one."""

from __future__ import annotations

import pytest

from tests.fuzz import Fuzzer, case

CASES = 240


@pytest.fixture(scope="module")
def fuzzer(tmp_path_factory: pytest.TempPathFactory) -> Fuzzer:
    return Fuzzer(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("first", range(1, CASES + 1, 40))
def test_no_mutation_of_a_notice_does_harm(fuzzer: Fuzzer, first: int) -> None:
    wrong = {seed: text for seed in range(first, first + 40) if (text := case(fuzzer, seed)[1])}
    assert not wrong
