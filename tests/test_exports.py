"""Files of the site beside pages: feeds, sitemap, facts for programs, codes, redirects.

Each is what its standard says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from generator import repository
from generator.building import build
from generator.exports import qr_code, sitemap
from generator.exports.jsonld import CONTEXT
from tests.site_fixtures import NOTICE, PROJECT, SITE, TODAY, make_site, publish, read, write_notice

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
BASE = "https://privacy.example.org"

DPV = frozenset(
    [
        "PrivacyNotice",
        "ConsentNotice",
        "Process",
        "Purpose",
        "Consent",
        "Contract",
        "LegalObligation",
        "VitalInterest",
        "PublicInterest",
        "LegitimateInterest",
        "LegalBasis",
        "DataController",
        "DataProcessor",
        "DataProtectionOfficer",
        "Recipient",
        "DataSubject",
        "PersonalData",
        "SpecialCategoryPersonalData",
        "DataSource",
        "DataSubjectDataSource",
        "PublicDataSource",
        "StorageCondition",
        "StorageDuration",
        "ThirdCountry",
        "WithdrawConsent",
        "hasIdentifier",
        "hasProcess",
        "hasPurpose",
        "hasLegalBasis",
        "hasConsentControl",
        "isExercisedAt",
        "hasDataController",
        "hasDataProtectionOfficer",
        "hasDataSubject",
        "hasPersonalData",
        "hasDataSource",
        "hasRecipient",
        "hasStorageCondition",
        "hasDuration",
        "hasThirdCountry",
        "hasJurisdiction",
        "hasApplicableLaw",
        "hasAuthority",
        "hasName",
        "hasAddress",
        "hasContact",
    ]
)
"""Terms of DPV 2 that a notice can use."""
OTHER_TERMS = {
    "dct": {
        "identifier",
        "title",
        "description",
        "language",
        "hasVersion",
        "isVersionOf",
        "issued",
        "valid",
    },
    "legal-gb": {"law-GDPR", "law-DPA", "DPA-GB"},
    "loc": {"GB"},
}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "public"
    build.build(repository.read(PROJECT), out, TODAY)
    return out


def is_there(public: Path, url: str) -> bool:
    assert url.startswith(f"{BASE}/")
    path = public / urlsplit(url).path.lstrip("/")
    return path.is_file() or (path / "index.html").is_file()


@pytest.mark.parametrize("name", ["feed.xml", "family-hubs/feed.xml", "primary/feed.xml"])
def test_a_feed_is_atom_with_ids_that_never_change(name: str, public: Path) -> None:
    feed = ElementTree.parse(public / name).getroot()  # noqa: S314 (our own)
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == f"{BASE}/{name}"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href") == f"{BASE}/{name}"
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) >= 1
    moments = []
    for entry in entries:
        assert entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}summary")
        address = str(entry.findtext(f"{ATOM}id"))
        assert re.fullmatch(rf"{BASE}/[a-z-]+/v/[0-9]+/", address) and is_there(public, address)
        moments.append(datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated"))))
    assert moments == sorted(moments, reverse=True)
    assert datetime.fromisoformat(str(feed.findtext(f"{ATOM}updated"))) == max(moments)


def test_the_sitemap_names_what_counts_and_when_it_changed(public: Path) -> None:
    root = ElementTree.parse(public / "sitemap.xml").getroot()  # noqa: S314 (our own)
    found = {str(url.findtext(f"{MAP}loc")): url.findtext(f"{MAP}lastmod") for url in root}
    assert found[f"{BASE}/family-hubs/"] == "2026-11-30"
    assert found[f"{BASE}/"] == "2026-11-30"
    assert not any("/v/" in address or "/check/" in address for address in found)
    assert all(is_there(public, address) for address in found)
    robots = (public / "robots.txt").read_text()
    assert f"Sitemap: {BASE}/sitemap.xml" in robots


def test_a_sitemap_names_the_page_in_each_language_and_is_cut_where_it_is_too_long() -> None:
    languages = {"en": f"{BASE}/a/", "cy": f"{BASE}/cy/a/"}
    many = [sitemap.Address(f"{BASE}/{number}/", date(2026, 1, 1), languages) for number in range(5)]
    files = dict(sitemap.files(many, BASE, most=2))
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    index = ElementTree.fromstring(files["sitemap.xml"].encode())  # noqa: S314 (our own)
    assert [loc.text for loc in index.iter(f"{MAP}loc")] == [f"{BASE}/sitemap-{n}.xml" for n in (1, 2, 3)]
    part = ElementTree.fromstring(files["sitemap-1.xml"].encode())  # noqa: S314 (our own)
    assert {link.get("hreflang"): link.get("href") for link in part[0].iter(LINK)} == languages


def terms(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from [key] if not key.startswith("@") else []
            if key in ("@type", "@id"):
                yield from (text for text in (item if isinstance(item, list) else [item]) if not is_address(text))
            elif key != "@value":
                yield from terms(item)
    elif isinstance(value, list):
        for item in value:
            yield from terms(item)


def is_address(text: str) -> bool:
    return text.startswith(("https:", "mailto:", "tel:"))


@pytest.mark.parametrize("name", ["family-hubs/v/1", "family-hubs/v/2", "primary/v/1"])
def test_the_facts_use_only_terms_of_the_vocabulary(name: str, public: Path) -> None:
    document = json.loads((public / name / "notice.jsonld").read_text("utf-8"))
    assert document.pop("@context") == CONTEXT
    used = set(terms(document))
    assert len(used) > 20
    for term in used:
        prefix, _, local = term.partition(":")
        assert local in ({"dpv": DPV} | OTHER_TERMS)[prefix], term
    assert is_there(public, document["@id"])


def test_the_facts_say_what_the_notice_says(public: Path) -> None:
    document = json.loads((public / "family-hubs/v/2/notice.jsonld").read_text("utf-8"))
    assert document["@type"] == ["dpv:PrivacyNotice", "dpv:ConsentNotice"]
    processes = document["dpv:hasProcess"]
    bases = {process["@id"].rpartition("#")[2]: process["dpv:hasLegalBasis"] for process in processes}
    assert [basis["@type"] for basis in bases["purpose-find-help"]] == ["dpv:PublicInterest"]
    assert [basis["@type"] for basis in bases["purpose-service-news"]] == ["dpv:Consent"]
    assert "Childcare Act 2006 section 1" in bases["purpose-find-help"][0]["dct:title"]["@value"]
    (news,) = [process for process in processes if "dpv:hasConsentControl" in process]
    assert {"@id": f"{BASE}/withdraw"} in news["dpv:hasConsentControl"][0]["dpv:isExercisedAt"]
    titles = [item["dct:title"]["@value"] for item in news["dpv:hasStorageCondition"]]
    assert "enquiry forms" in titles
    assert news["dpv:hasJurisdiction"] == {"@id": "loc:GB"}


def test_security_txt_expires_a_year_after_the_day_of_the_build(public: Path) -> None:
    first, *lines = (public / ".well-known" / "security.txt").read_text().splitlines()
    assert first.startswith("# ") and "SECURITY.md" in first and (PROJECT / "SECURITY.md").exists()
    fields = dict(line.split(": ", 1) for line in lines)
    assert fields["Contact"] == "mailto:dpa.officer@stockport.gov.uk"
    assert fields["Expires"] == "2027-11-30T00:00:00Z"
    assert fields["Canonical"] == f"{BASE}/.well-known/security.txt"


def test_security_txt_names_who_site_yml_names(tmp_path: Path) -> None:
    make_site(tmp_path, site=f"{SITE}security_contact: https://www.example.org/report\n")
    build.build(read(tmp_path), tmp_path / "public", TODAY)
    assert "Contact: https://www.example.org/report\n" in (tmp_path / "public/.well-known/security.txt").read_text()


def test_a_code_is_the_same_picture_every_time_and_differs_by_address(public: Path) -> None:
    codes = {name: (public / name / "qr.svg").read_bytes() for name in ("family-hubs/v/1", "family-hubs/v/2")}
    assert codes["family-hubs/v/2"] == qr_code.svg(f"{BASE}/check/family-hubs/2/") != codes["family-hubs/v/1"]
    assert ElementTree.fromstring(codes["family-hubs/v/1"]).tag.endswith("svg")  # noqa: S314 (our own)
    page = (public / "family-hubs" / "index.html").read_text("utf-8")
    assert 'src="/family-hubs/v/4/qr.svg"' in page and f"{BASE}/check/family-hubs/4/" in page


def test_old_addresses_lead_to_the_notice(tmp_path: Path) -> None:
    notice = NOTICE.replace("service: Libraries", "service: Libraries\naliases: [/old/library, /Leisure/books.html]")
    root = make_site(tmp_path, notice=notice)
    publish(root, "2026-10-01", "First.", "material")
    build.build(read(root), root / "public", TODAY)
    for name in ("old/library/index.html", "Leisure/books.html"):
        page = (root / "public" / name).read_text("utf-8")
        assert 'href="/library/"' in page
        assert f'<link rel="canonical" href="{BASE}/library/">' in page
    assert "/old/library /library/ 301\n" in (root / "public" / "_redirects").read_text()
    assert "/old/library /library/;\n" in (root / "public" / "redirects.map").read_text()


def test_a_printed_copy_is_told_whether_it_counts(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    publish(root, "2026-11-01", "We guard it now.", "clarification", "--effective", "2026-11-10")
    write_notice(root, NOTICE.replace("We look after", "We cherish"))
    publish(root, "2026-11-12", "We cherish it.", "clarification", "--effective", "2026-12-01")
    build.build(read(root), root / "public", TODAY)
    check = root / "public" / "check" / "library"
    first, second, third = ((check / f"{n}" / "index.html").read_text("utf-8") for n in (1, 2, 3))
    assert "Your copy is out of date" in first
    assert re.search(r"replaced on <time[^>]*>10 November 2026</time> because:", first)
    assert "We guard it now." in first and "We cherish it." not in first
    assert "Your copy is up to date" in second and "We cherish it." in second
    assert "Your copy has not started yet" in third and "1 December 2026" in third
    for text in (first, second, third):
        assert "<script" not in text and 'name="robots" content="noindex"' in text
