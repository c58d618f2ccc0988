"""The acts of residents, staff and systems that a recording holds: events of every kind, links and mail in every state."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.consent_fixtures import press
from tests.releases.ledger import Ledger, expect
from tests.releases.stages import NOTICE, TEXT

HUBS = "family-hubs"
UNTIL = "2026-11-20T10:25"
"""The end of the story, in UTC. The last links were mailed 14 minutes earlier and work for 30."""
EARLIER = TEXT / "form-of-2019.txt"
STAFF = ("--by", "officer-12")


def tell(ledger: Ledger, built: Mapping[date, Path]) -> None:
    """Perform all acts, each day beside the site as it was built then."""
    days: tuple[tuple[Callable[[Ledger], None], ...], ...] = (
        (_version_1,),
        (_version_2, _systems, _staff),
        (_version_3,),
        (_last_day,),
    )
    for public, acts in zip(built.values(), days, strict=True):
        ledger.public = public
        for act in acts:
            act(ledger)


def _version_1(ledger: Ledger) -> None:
    """Answer a version that is taken down later, and save its receipt while the ledger is small."""
    with ledger.endpoint("2026-10-07T09:00") as client:
        ledger.post_form(client, "parent", ledger.read(NOTICE, 1), {"photos": "given", "acting_for": "child"})
        _download(ledger, client.get(f"/receipt/{ledger.tokens['parent']}/file"), "parent-in-october.jsonld")


def _version_2(ledger: Ledger) -> None:
    """Answer by form and API, use mailed links, withdraw by receipt, by link and without a receipt."""
    english, welsh, hubs = ledger.read(NOTICE, 2), ledger.read(NOTICE, 2, "cy"), ledger.read(HUBS, 1)
    once = {"Idempotency-Key": "gwen-0123456789abcdef0"}
    child = {"photos": "given", "acting_for": "child"}
    with ledger.endpoint("2026-10-14T09:00") as client:
        said = {"news": "given", "photos": "refused", "email": "anna@example.org"}
        ledger.post_form(client, "anna", english, said | {"request_id": "anna-0123456789abcdef0"})
        ledger.post_json(client, "gwen", welsh, once, **child, email="gwen@example.org")
        ledger.post_form(client, "dave", english, child | {"email": "dave@example.org"})
        ledger.post_form(client, "ed", english, {"photos": "given", "email": "ed@example.org"})
        ledger.post_form(client, "erin", english, {"news": "given", "email": "erin@example.org"})
        ledger.post_form(client, "anna of the hubs", hubs, {"service_news": "given", "email": "anna@example.org"})
        ledger.post_form(client, "fred", hubs, {"service_news": "given"})
        ledger.post_form(client, "nora", hubs, {"service_news": "refused"})
        ledger.post_json(client, "sam", hubs, {}, service_news="given")
        ledger.post_json(client, "sam", hubs, _bearer(ledger, "sam"), service_news="refused")
    ledger.send("2026-10-14T10:00")
    with ledger.endpoint("2026-10-14T10:30") as client:
        for address in ("gwen@example.org", "dave@example.org", "ed@example.org"):
            assert press(client, ledger.link("receipt", address)) == 200
        ledger.post_json(client, "gwen", welsh, once, **child, email="gwen@example.org")
        ledger.withdraw(client, "fred", "service-news")
        ledger.ask(client, email="ANNA@example.org", name="Anna Resident")
        ledger.ask(client, notice=HUBS, phone="0161 496 0003", about="A Child", acting_for="child", case="FH-17")
    ledger.send("2026-10-14T10:35")
    with ledger.endpoint("2026-10-14T10:45") as client:
        link = ledger.link("link", "anna@example.org")
        consent = f"{_reference(ledger, client, 'anna of the hubs')}/service-news"
        expect(client.post(link, data={"consent": consent}), 200)


def _systems(ledger: Ledger) -> None:
    """Make two API keys and revoke one."""
    for name in ("Case system", "Old one"):
        ledger.api_keys[name] = ledger.command("2026-10-14T11:00", "key", "add", name).strip()
    ledger.command("2026-10-14T11:05", "key", "revoke", ledger.api_keys["Old one"].split("_")[1])


def _staff(ledger: Ledger) -> None:
    """Record acts by phone and by post, one of them on a form from before Noticeboard, and the handling of a request."""
    by_phone = ("--channel", "phone", *STAFF)
    person = ("--name", "Bev Resident", "--phone", "0161 496 0004", "--email", "bev@example.org")
    given = ("record", "--notice", HUBS, "--decision", "service-news=given", "--happened", "2026-10-13T15:20")
    printed = ledger.command("2026-10-14T11:10", *given, *by_phone, *person)
    ledger.tokens["bev"] = _token(printed)
    earlier = ("--earlier", str(EARLIER), "--channel", "post", "--acting-for", "child", *STAFF)
    given = ("record", "--notice", NOTICE, "--decision", "photos=given", "--happened", "2019-06-03")
    address = ("--name", "Cy Resident", "--post", "5 Example Street", "--about", "A Child")
    ledger.tokens["cy"] = _token(ledger.command("2026-10-14T11:20", *given, *earlier, *address))
    requests = [row["seq"] for row in _rows(ledger) if row["kind"] == "withdrawal-requested"]
    done = (
        "acted",
        str(requests[-1]),
        "stopped",
        "--note",
        "We took the number off the list.",
        "--happened",
        "2026-10-14",
    )
    ledger.command("2026-10-14T12:00", *done, *STAFF)
    reference = printed.partition("Reference: ")[2].split()[0]
    withdrawn = ("record", "--reference", reference, "--decision", "service-news=withdrawn")
    ledger.command("2026-10-14T14:00", *withdrawn, "--happened", "2026-10-14T14:30", *by_phone)


def _version_3(ledger: Ledger) -> None:
    """Ask three people to renew: one agrees, one wants no such letters, one does not answer. Erase a person."""
    ledger.send("2026-11-05T08:00")
    with ledger.endpoint("2026-11-05T09:00") as client:
        token, version = ledger.tokens["dave"], ledger.read(NOTICE, 3)
        said = {"version": "3", "digest": version.digest, "language": "en", "decision.photos": "given"}
        expect(client.post(f"/receipt/{token}/renew", data=said), 303)
        expect(client.post(ledger.link("renewal", "gwen@example.org"), data={"_": ""}), 200)
    ledger.command("2026-11-05T10:00", "erase", "--email", "erin@example.org", "--by", "DPO")
    ledger.send("2026-11-05T10:10")


def _last_day(ledger: Ledger) -> None:
    """Leave links that nobody has used, a letter that failed once, and letters that nobody has tried to send."""
    with ledger.endpoint("2026-11-20T10:00") as client:
        ledger.post_form(client, "fay", ledger.read(HUBS, 2), {"service_news": "given", "email": "fay@example.org"})
        both = {"news": "given", "photos": "given", "email": "hana@example.org"}
        answered = ledger.post_json(client, "hana", ledger.read(NOTICE, 3), {}, **both)
        _download(ledger, answered, "hana-answer.json")
    ledger.send("2026-11-20T10:05")
    with ledger.endpoint("2026-11-20T10:10") as client:
        ledger.ask(client, email="fay@example.org")
        ledger.ask(client, "cy", email="gwen@example.org", notice=NOTICE)
        ledger.ask(client, reference=_reference(ledger, client, "hana"))
    ledger.send("2026-11-20T10:11")
    with ledger.endpoint("2026-11-20T10:15") as client:
        ledger.withdraw(client, "anna", "news")
    ledger.send_in_vain("2026-11-20T10:16")
    with ledger.endpoint("2026-11-20T10:20") as client:
        ledger.ask(client, name="Old Neighbour", post="7 Example Street")
        for who in ("anna", "gwen", "cy"):
            _download(ledger, client.get(f"/receipt/{ledger.tokens[who]}/file"), f"{who}.jsonld")


def _bearer(ledger: Ledger, who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {ledger.tokens[who]}"}


def _reference(ledger: Ledger, client: FlaskClient, who: str) -> str:
    told = expect(client.get("/api/receipts", headers=_bearer(ledger, who)), 200).json or {}
    return str(told["reference"])


def _token(printed: str) -> str:
    return printed.strip().rpartition("/")[2]


def _rows(ledger: Ledger) -> list[dict[str, str]]:
    printed = ledger.command("2026-10-14T11:30", "export", "--format", "jsonl")
    return [json.loads(line) for line in printed.splitlines()]


def _download(ledger: Ledger, response: TestResponse, name: str) -> None:
    path = ledger.folder / "receipts" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(expect(response, 200, 201).data)
