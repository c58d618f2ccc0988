"""What facets say in words: each standard section's generated Markdown, in the language of the notice.

Every function returns the section's Markdown, or an empty text where the facets have nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator import retention, rights
from generator.expand import ICO
from generator.model import Facets, LawfulBasis, Retention, Source, SourceKind, Transfer
from generator.rights import Article, DerivedRight, Right
from generator.site import SiteSource
from generator.words import Words


@dataclass(frozen=True)
class Setting:
    """Everything that wording draws on. `on` is the day whose dates the examples use; `titles` are notices' titles."""

    site: SiteSource
    words: Words
    on: date
    titles: dict[str, str]
    prefix: str = ""
    only_main: frozenset[str] = frozenset()  # notices that this language lacks: their titles are the main language's

    @property
    def language(self) -> str:
        return self.words.language


def bullets(items: Iterable[str]) -> str:
    """A Markdown list; an item's own line breaks are joined."""
    return "\n".join(f"- {' '.join(item.split())}" for item in items)


def paragraphs(*parts: str) -> str:
    """The parts that say something, apart from each other."""
    return "\n\n".join(part for part in parts if part)


def _listed(setting: Setting, key: str, items: list[str]) -> str:
    return paragraphs(setting.words(f"section.{key}.intro"), bullets(items)) if items else ""


def purposes(facets: Facets, setting: Setting) -> str:
    texts = [purpose.text.rstrip(".") for purpose in facets.purposes]
    if len(texts) == 1:
        return setting.words("section.purposes.single", text=texts[0])
    return _listed(setting, "purposes", texts)


def data(facets: Facets, setting: Setting) -> str:
    special = setting.words
    return _listed(
        setting,
        "data",
        [special("section.data.special", label=i.label) if i.special else i.label for i in facets.data],
    )


def special_category(facets: Facets, setting: Setting) -> str:
    items = []
    for item in facets.special_category:
        text = setting.words("section.special-category.item", label=item.label)
        for key, value in (("condition", item.condition), ("schedule", item.schedule), ("policy", item.policy)):
            if value:
                text += setting.words(f"section.special-category.{key}", **{key: value, "url": value})
        items.append(text)
    return _listed(setting, "special-category", items)


def criminal_data(facets: Facets, setting: Setting) -> str:
    if not (found := facets.criminal_data):
        return ""
    authority = setting.words("section.criminal-data.authority", authority=found.authority) if found.authority else ""
    return paragraphs(setting.words("section.criminal-data.single", label=found.label), authority)


def lawful_basis(facets: Facets, setting: Setting) -> str:
    return paragraphs(*(_basis(basis, facets, setting) for basis in facets.lawful_bases))


def _basis(basis: LawfulBasis, facets: Facets, setting: Setting) -> str:
    words = setting.words
    article = rights.read_article(basis.article)
    name = words(f"section.lawful-basis.names.{point(article)}") if article else f"**{basis.article}**"
    detail = [""]
    for key, value in (("task", basis.task), ("interests", basis.interests), ("condition", basis.condition)):
        detail.append(words(f"section.lawful-basis.{key}", **{key: value.rstrip(".")}) if value else "")
    law = paragraphs(words("section.lawful-basis.law"), bullets(basis.legislation)) if basis.legislation else ""
    uses = [purpose.text.rstrip(".") for purpose in facets.purposes if basis.id in purpose.basis]
    rely = paragraphs(words("section.lawful-basis.rely"), bullets(uses)) if uses else ""
    return paragraphs(" ".join(part for part in (name, *detail) if part), law, rely)


def point(article: Article) -> str:
    """The letter of an article's point: `e` for 6(1)(e)."""
    return article.value.removeprefix("6(1)(").rstrip(")")


def consent(facets: Facets, setting: Setting) -> str:
    if not facets.consents:
        return ""
    words = setting.words
    ways: dict[str, None] = {}
    for item in facets.consents:
        routes = item.withdraw
        if routes.online:
            ways[words("section.consent.online", url=_withdraw(setting))] = None
        for key in ("email", "phone", "post"):
            if value := getattr(routes, key):
                ways[words(f"section.consent.{key}", **{key: value})] = None
    return paragraphs(words("section.consent.intro"), words("section.consent.ways"), bullets(ways))


def _withdraw(setting: Setting) -> str:
    """The endpoint's page for withdrawing, in the notice's language."""
    return "/withdraw" if setting.language == setting.site.language else f"/withdraw?language={setting.language}"


def must_provide(facets: Facets, setting: Setting) -> str:
    if not (found := facets.must_provide):
        return ""
    words = setting.words
    parts = [words("section.must-provide.required" if found.required else "section.must-provide.free")]
    for key in ("why", "otherwise"):
        if value := getattr(found, key):
            parts.append(words(f"section.must-provide.{key}", **{key: value.rstrip(".")}))
    return " ".join(parts)


def sources(facets: Facets, setting: Setting) -> str:
    return _listed(setting, "sources", [_source(source, setting.words) for source in facets.sources])


def _source(source: Source, words: Words) -> str:
    text = words("section.sources.how", who=source.who, how=source.how) if source.how else source.who
    return words("section.sources.public", who=text) if source.kind is SourceKind.PUBLIC else text


def sharing(facets: Facets, setting: Setting) -> str:
    words = setting.words
    if isinstance(facets.sharing, str):
        return words("section.sharing.none")
    items = []
    for recipient in facets.sharing or ():
        text = words("section.sharing.why", who=recipient.who, why=recipient.why) if recipient.why else recipient.who
        text += words("section.sharing.law", law=recipient.law) if recipient.law else ""
        text = f"{text}.{words(f'section.sharing.role.{recipient.role}')}" if recipient.role else text
        items.append(text)
    return _listed(setting, "sharing", items)


def joint_controllers(facets: Facets, setting: Setting) -> str:
    items = []
    for item in facets.joint_controllers:
        text = setting.words("section.joint-controllers.item", name=item.name)
        for key, value in (("contact", item.contact), ("share", item.share)):
            text += setting.words(f"section.joint-controllers.{key}", **{key: value}) if value else ""
        items.append(text)
    return _listed(setting, "joint-controllers", items)


def retention_periods(facets: Facets, setting: Setting) -> str:
    return bullets(
        f"**{row.record[:1].upper()}{row.record[1:]}:** {_retention(row, setting)}" for row in facets.retention
    )


def _retention(row: Retention, setting: Setting) -> str:
    words = setting.words
    parts = [_kept(row, setting)] if row.keep else []
    parts += [words("section.retention.or-if", text=text.rstrip(".")) for text in row.or_if]
    parts += [words("section.retention.holder", holder=row.holder)] if row.holder else []
    parts += [row.note.rstrip(".") + "."] if row.note else []
    return " ".join(parts)


def _kept(row: Retention, setting: Setting) -> str:
    words, keep = setting.words, retention.read_keep(row.keep or "")
    if isinstance(keep, retention.Unread):
        return words("section.retention.unread" + ("-after" if row.after else ""), keep=keep.text, after=row.after)
    if isinstance(keep, retention.Standing):
        link = "-link" if keep is retention.Standing.PER_SCHEDULE and row.url else ""
        return words(f"section.retention.{keep}{link}", url=row.url)
    shown = str(keep.low) if keep.low == keep.high else words("section.retention.range", low=keep.low, high=keep.high)
    period = words.plural(f"section.retention.periods.{keep.unit}", keep.high, shown)
    if not row.after:
        return words(f"section.retention.{keep.bound}-bare", period=period)
    after = retention.read_after(row.after)
    text = words(f"section.retention.{keep.bound}", period=period, trigger=_trigger(after, setting))
    example = _example(keep, after, setting)
    return f"{text} {example}" if example else text


def _trigger(after: retention.Trigger | retention.Unread, setting: Setting) -> str:
    if isinstance(after, retention.Unread):
        return after.text
    ends = {
        retention.Trigger.FINANCIAL_YEAR: setting.site.financial_year_ends,
        retention.Trigger.ACADEMIC_YEAR: setting.site.academic_year_ends,
    }.get(after, "31 March")
    month, number = setting.site.day(ends)
    day = setting.words.day_and_month(date(2000, month, number))
    return setting.words(f"section.retention.triggers.{after}", day=day)


def _example(keep: retention.Period, after: retention.Trigger | retention.Unread, setting: Setting) -> str:
    """The worked example, where the day that a period starts can be worked out."""
    if isinstance(after, retention.Unread) or keep.bound is retention.Bound.AT_LEAST:
        return ""
    site = setting.site
    ends = site.day(site.financial_year_ends), site.day(site.academic_year_ends)
    start = retention.trigger_day(after, setting.on, *ends)
    if start is None:
        return ""
    last = setting.words.full_date(retention.last_day(start, keep))
    return setting.words("section.retention.example", made=setting.words.full_date(setting.on), last=last)


def transfers(facets: Facets, setting: Setting) -> str:
    if isinstance(facets.transfers, str):
        return setting.words("section.transfers.none")
    return _listed(setting, "transfers", [_transfer(item, setting.words) for item in facets.transfers or ()])


def _transfer(item: Transfer, words: Words) -> str:
    text = words("section.transfers.item", country=item.country)
    text += words("section.transfers.adequacy") if item.adequacy else ""
    for key, value in (("safeguard", item.safeguard), ("copy", item.copy)):
        text += words(f"section.transfers.{key}", **{key: value.rstrip(".")}) if value else ""
    return f"{text}."


def automated_decisions(facets: Facets, setting: Setting) -> str:
    words, found = setting.words, facets.automated_decisions
    if isinstance(found, str):
        return words("section.automated-decisions.none")
    items = []
    for item in found or ():
        parts = [words("section.automated-decisions.item", decision=item.decision.rstrip(".")) + "."]
        for key in ("logic", "consequences", "safeguards"):
            if value := getattr(item, key):
                parts.append(words(f"section.automated-decisions.{key}", **{key: value.rstrip(".")}) + ".")
        items.append(" ".join(parts))
    return _listed(setting, "automated-decisions", items)


def your_rights(facets: Facets, setting: Setting) -> str:
    articles = articles_of(facets)
    if not articles:
        return ""
    items = [_right(right, setting.words) for right in rights.derived(articles)]
    return paragraphs(_listed(setting, "rights", items), _ask("rights", setting))


def articles_of(facets: Facets) -> list[Article]:
    """The points of article 6 that a notice rests on, as far as they can be read."""
    found = (rights.read_article(basis.article) for basis in facets.lawful_bases)
    return [article for article in found if article]


def _right(derived: DerivedRight, words: Words) -> str:
    text = words(f"section.rights.{derived.right}")
    return text if derived.right is Right.WITHDRAW else text + _where(derived, "section.rights.where", words)


def _where(derived: DerivedRight, key: str, words: Words) -> str:
    if not derived.bases:
        return ""
    names = words("section.rights.and").join(words(f"section.rights.bases.{point(basis)}") for basis in derived.bases)
    return words(key, bases=names)


def _ask(section: str, setting: Setting) -> str:
    dpo = setting.site.data_protection_officer
    if dpo and dpo.email:
        return setting.words(f"section.{section}.ask", email=dpo.email)
    if dpo and dpo.phone:
        return setting.words(f"section.{section}.ask-phone", phone=dpo.phone)
    return ""


def objecting(facets: Facets, setting: Setting) -> str:
    """The right to object, apart from the other rights. UK GDPR article 21(4)."""
    found = [right for right in rights.derived(articles_of(facets)) if right.right is Right.OBJECT]
    if not found:
        return ""
    where = _where(found[0], "section.object.where", setting.words)
    return paragraphs(setting.words("section.object.text"), where, _ask("object", setting))


def _reached(record: Any, key: str, setting: Setting, names: tuple[str, ...]) -> list[str]:
    """A line for each way to reach somebody that is known."""
    lines = []
    for name in names:
        value = getattr(record, name, None)
        if value is not None:
            text = value if isinstance(value, str) else value.in_language(setting.language)
            lines.append(setting.words(f"section.{key}.{name}", **{name: text, "label": shown_address(text)}))
    return lines


def shown_address(url: str) -> str:
    """An address as people say it: without https:// and a final slash."""
    return url.split("://")[-1].rstrip("/")


def controller(facets: Facets, setting: Setting) -> str:
    organisation = setting.site.organisation
    text = setting.words("section.controller.text", name=organisation.name.in_language(setting.language))
    lines = _reached(organisation, "controller", setting, ("website", "email", "phone", "address"))
    number = organisation.ico_registration
    registered = setting.words("section.controller.registration", number=number) if number else ""
    return paragraphs(text, bullets(lines), registered)


def dpo(facets: Facets, setting: Setting) -> str:
    officer = setting.site.data_protection_officer
    if not officer:
        return ""
    lines = _reached(officer, "dpo", setting, ("name", "email", "phone", "address"))
    return paragraphs(setting.words("section.dpo.text"), bullets(lines))


def complaint(facets: Facets, setting: Setting) -> str:
    """To the council (Data Protection Act 2018 s164A) and to the Information Commissioner."""
    words, ways = setting.words, setting.site.complaints
    own = ""
    if ways:
        lines = _reached(ways, "complaint", setting, ("form", "email", "phone", "post"))
        own = paragraphs(words("section.complaint.text"), bullets(lines))
    website = ICO["ico.complaint"]
    phone = ICO["ico.phone"]
    return paragraphs(own, words("section.complaint.ico", label=shown_address(website), website=website, phone=phone))


def updates(facets: Facets, setting: Setting) -> str:
    website = setting.site.organisation.website or setting.site.base_url
    printed = setting.words("section.updates.printed", address=f"[{shown_address(website)}]({website})")
    return paragraphs(setting.words("section.updates.text"), printed)


def primary_notice(facets: Facets, setting: Setting) -> str:
    parent = facets.parent
    if not parent or parent not in setting.titles:
        return ""
    url = f"/{parent}/" if parent in setting.only_main else f"{setting.prefix}/{parent}/"
    title = setting.titles[parent]
    return setting.words("section.primary-notice.text", title=title[:1].lower() + title[1:], url=url)


GENERATED: dict[str, Callable[[Facets, Setting], str]] = {
    "purposes": purposes,
    "data": data,
    "special-category": special_category,
    "criminal-data": criminal_data,
    "lawful-basis": lawful_basis,
    "consent": consent,
    "must-provide": must_provide,
    "sources": sources,
    "sharing": sharing,
    "joint-controllers": joint_controllers,
    "retention": retention_periods,
    "transfers": transfers,
    "automated-decisions": automated_decisions,
    "rights": your_rights,
    "object": objecting,
    "controller": controller,
    "dpo": dpo,
    "complaint": complaint,
    "updates": updates,
    "primary-notice": primary_notice,
}
"""Each standard section's wording, by its id."""
