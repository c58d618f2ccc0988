"""How many forms come from one place: a household's whole IPv6 network counts as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.consent_fixtures import answer, form, published
from widget.app import close_app, create_app
from widget.config import Config
from widget.errors import StartRefused
from widget.views.limits import sender_of


@pytest.mark.parametrize(
    ("remote", "sender"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::1", "::1"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_requests_are_counted_for_an_address_or_an_ipv6_network(remote: str, sender: str) -> None:
    assert sender_of(remote) == sender


def test_one_ipv6_network_sends_sixty_forms_a_minute_of_all_kinds_together(tmp_path: Path) -> None:
    app = create_app(replace(published(tmp_path), ratelimit="on"))
    client = app.test_client(use_cookies=False)

    def statuses(network: str, count: int) -> list[int]:
        found = []
        for number in range(count):
            where = {"REMOTE_ADDR": f"{network}{number:x}"}
            if number % 2:
                sent = client.post("/api/consents", json=answer(photos="given"), environ_base=where)
            else:
                sent = client.post("/consent/family-hubs", data=form(photos="given"), environ_base=where)
            found.append(sent.status_code)
        return found

    stranger = statuses("2001:db8:1:2::", 80)
    assert 429 not in stranger[:60]
    assert set(stranger[60:]) == {429}
    assert 429 not in statuses("2001:db8:1:3::", 20)
    assert 429 not in [
        client.post(
            "/consent/family-hubs", data=form(photos="given"), environ_base={"REMOTE_ADDR": "192.0.2.7"}
        ).status_code
        for _ in range(80)
    ]
    close_app(app)


@pytest.mark.parametrize("variable", ["CONSENTS_MAIL_HOURLY", "CONSENTS_LINKS_DAILY", "CONSENTS_FORMS_FROM_IPV6"])
def test_an_allowance_of_nothing_is_refused(variable: str) -> None:
    with pytest.raises(StartRefused, match=f"{variable} is '0'. Write 1 or more."):
        Config.from_env({variable: "0"})


def test_a_sender_that_no_letter_can_bear_is_refused_at_start(tmp_path: Path) -> None:
    config = replace(published(tmp_path), mail=f"folder:{tmp_path}/mail", mail_from="Council <a@example.org>")
    with pytest.raises(StartRefused, match="CONSENTS_MAIL_FROM"):
        create_app(config)
