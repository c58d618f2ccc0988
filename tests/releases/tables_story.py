"""A few acts on one database, told by the code of an earlier time: `make_tables` runs this file in a checkout of it.

    python tables_story.py DATABASE FOLDER

Only what every such code has is used: the app, the commands, and the small council of tests/consent_fixtures.py.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import json
import os
import re
import secrets
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from unittest import mock

from flask.testing import FlaskClient

from tests.consent_fixtures import V1, V2, FakeClock, answer, published
from widget import cli
from widget.app import close_app, create_app
from widget.commands import opening
from widget.config import Config

BY = ("--by", "officer-12", "--happened", "2026-11-20")
PERSON = ("--channel", "phone", "--name", "Bev Resident", "--email", "bev@example.org")


class Draws:
    """Random bytes from a seed: nothing made from them is secret."""

    def __init__(self, seed: str) -> None:
        self.seed, self.count = seed, 0

    def __call__(self, size: int = 32) -> bytes:
        self.count += 1
        return hashlib.shake_256(f"{self.seed} {self.count}".encode()).digest(size)


def main() -> None:
    """Tell the story; what people and systems hold afterwards goes to handed-out.json."""
    database, folder = sys.argv[1], Path(sys.argv[2])
    config = replace(published(folder), database=database, keys=folder / "keys")
    clock, draws = FakeClock(), Draws("tables of before")
    app = create_app(config, clock, draws)
    client = app.test_client(use_cookies=False)
    told = {
        "anna": give(client, answer(V2, service_news="given", photos="refused") | {"email": "anna@example.org"}),
        "ben": give(client, answer(V1, photos="given") | {"acting_for": "child"}),
        "cora": give(client, answer(V2, service_news="given") | {"email": "cora@example.org"}),
    }
    link = f"/receipt/{told['ben']['token']}/withdraw"
    assert client.post(link, data={"consent": "photos"}).status_code == 303
    asked = client.post("/withdraw", data={"notice": "family-hubs", "name": "Dan", "phone": "0161 496 0002"})
    assert asked.status_code in (202, 303)
    close_app(app)
    said = by_command(config, clock, draws, told["cora"]["reference"])
    app = create_app(config, clock, draws)
    client = app.test_client(use_cookies=False)
    confirm(client, folder / "mail")
    close_app(app)
    (folder / "handed-out.json").write_text(json.dumps({"receipts": told, **said}, indent=1) + "\n", "utf-8")


def give(client: FlaskClient, sent: dict[str, object]) -> dict[str, str]:
    """Answer through the API; what the person holds."""
    made = client.post("/api/consents", json=sent)
    assert made.status_code == 201, made.text
    return {"reference": made.json["reference"], "token": made.json["token"]}


def by_command(config: Config, clock: FakeClock, draws: Draws, erased: str) -> dict[str, object]:
    """A yes by phone, an API key, letters, and a person who is erased."""

    def run(*arguments: str) -> str:
        printed = io.StringIO()
        with (
            mock.patch.dict(os.environ, config.environ()),
            mock.patch.object(opening, "utc_now", clock),
            mock.patch.object(secrets, "token_bytes", draws),
            redirect_stdout(printed),
        ):
            assert cli.main(arguments) == 0, (arguments, printed.getvalue())
        return printed.getvalue()

    told = run("record", "--notice", "family-hubs", "--decision", "service-news=given", *PERSON, *BY)
    run("send", "--mail", f"folder:{config.manifest.parent.parent / 'mail'}")
    run("erase", "--reference", erased, "--by", "DPO")
    key = run("key", "add", "Case system").strip()
    found = re.search(r"Reference: (\S+)", told)
    assert found
    return {"by_phone": found[1], "api_key": key, "erased": "cora"}


def confirm(client: FlaskClient, letters: Path) -> None:
    """Press the link in Anna's receipt."""
    for letter in sorted(letters.glob("receipt.*.eml")):
        message = email.message_from_bytes(letter.read_bytes(), policy=email.policy.default)
        if message["To"] == "anna@example.org":
            body = message.get_body().get_content()
            link = re.search(r"https://[^/\s]+(/confirm/\S+)", body)
            assert link, body
            shown = client.get(link[1]).text
            fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
            if 'name="agreed"' in shown:
                fields["agreed"] = "yes"
            assert client.post(link[1], data=fields or {"_": ""}).status_code == 200


if __name__ == "__main__":
    main()
