"""A version that was called off before it started: what is kept beside its frozen file, which never changes. Pure.

`2.called-off` beside `2.yml` names the version's digest and the day. It is in versions.lock, and the next version that is
published names its digest (`called_off`), so that neither can be taken away unnoticed: see `chain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.versions import frozen_yaml
from generator.versions import version as versions
from generator.versions.version import CalledOff, Version

SUFFIX = ".called-off"


@dataclass(frozen=True)
class _Said:
    notice: str
    version: int
    language: str
    digest: str
    on: date


def freeze(version: Version, on: date) -> bytes:
    """The bytes of the file beside a version that was called off on a day."""
    said = _Said(version.notice, version.version, version.language, version.digest, on)
    return frozen_yaml.dump(vars(said)).encode()


def read(data: bytes, version: Version, file: str) -> CalledOff:
    """When a version was called off. `ValueError` where the file is not about this version, or it had started by then."""
    document = frozen_yaml.load(data.decode(), file)
    try:
        said = CalledOff(date.fromisoformat(document["on"]), versions.digest(data))
    except (KeyError, TypeError) as failure:
        raise ValueError(f"{file}: it does not say when the version was called off") from failure
    if freeze(version, said.on) != data:
        raise ValueError(f"{file}: it is about another version than the one beside it")
    if version.effective <= said.on:
        raise ValueError(f"{file}: the version had started on {version.effective}, before it was called off")
    return said
