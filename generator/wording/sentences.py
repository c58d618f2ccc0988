"""Facets in words: each standard section's generated Markdown, in the language of the notice.

Every function returns the section's Markdown, or an empty text where the facets have nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from textwrap import indent
from typing import Any

from generator.content import rights
from generator.content.decode import EMAIL, URL
from generator.content.model import (
    DataItem,
    Facets,
    JointController,
    LawfulBasis,
    Purpose,
    Recipient,
    Source,
    SourceKind,
    SpecialCategory,
    Transfer,
    WithdrawRoutes,
)
from generator.content.rights import Article, DerivedRight, Right
from generator.content.site_file import SiteSource
from generator.wording import contacts, retention_sentences
from generator.wording.context import Setting
from generator.wording.strings import Words
from widget.manifest import Contact

MOST_WORDS = 25
"""How long a sentence may be that facts are put into (GOV.UK: sentences of up to 25 words)."""
_ARTICLE = re.compile(r"^(?:uk )?(?:gdpr,? )?art(?:icle|\.)? ?", re.I)
_SCHEDULE = re.compile(r"^(?:data protection act 2018,? |dpa 2018,? )?schedule 1,? ?", re.I)

_LEADS_ON = {
    "en": re.compile(
        r"(?:to|for|so|because|when|where|whenever|if|in|as|under|by|with|who|which|since|unless)\b", re.I
    ),
    "cy": re.compile(r"(?:i|er|ar|oherwydd|pan|os|am|gan|lle|yn|fel|dan|drwy|trwy|sydd|sy'n|rhag|at)\b", re.I),
}
"""How a reason starts that reads on from the recipient's name; another stands apart: it may be a verb or a noun."""


def bullets(items: Iterable[str]) -> str:
    """A Markdown list; an item's own line breaks are joined."""
    return "\n".join(f"- {' '.join(item.split())}" for item in items)


def paragraphs(*parts: str) -> str:
    """The parts that say something, apart from each other."""
    return "\n\n".join(part for part in parts if part)


def _listed(setting: Setting, key: str, items: list[str]) -> str:
    """A single item as a sentence where there are words for that and it is short, else a list after its introduction."""
    if len(items) == 1 and (single := f"section.{key}.single") in setting.words.sentences:
        ends_itself = setting.words.sentences[single].endswith("{item}")
        sentence = setting.words(single, item=items[0] if ends_itself else items[0].rstrip("."))
        if len(sentence.split()) <= MOST_WORDS:
            return sentence
    return paragraphs(setting.words(f"section.{key}.intro"), bullets(items)) if items else ""


def _joined(items: Iterable[str], words: Words) -> str:
    """`a, b and c`."""
    *first, last = [*items] or [""]
    return words("section.rights.and").join(filter(None, (words("section.rights.comma").join(first), last)))


def purposes(facets: Facets, setting: Setting) -> str:
    """Why, each purpose with its lawful basis where they differ."""
    several = len({basis.article for basis in facets.lawful_bases}) > 1 and any(p.basis for p in facets.purposes)
    return _listed(setting, "purposes", [_purpose(item, facets, setting.words, several) for item in facets.purposes])


def _purpose(purpose: Purpose, facets: Facets, words: Words, with_basis: bool) -> str:
    text = purpose.text.rstrip(".")
    articles = dict.fromkeys(_articles_of_purpose(purpose, facets)) if with_basis else {}
    if not articles:
        return text
    bases = _joined((words(f"section.purposes.bases.{point(article)}") for article in articles), words)
    return words("section.purposes.with-basis", text=text, bases=bases)


def _articles_of_purpose(purpose: Purpose, facets: Facets) -> list[Article]:
    """The points of article 6 that a purpose rests on: all of the notice's where it names none."""
    found = (rights.read_article(b.article) for b in facets.lawful_bases if not purpose.basis or b.id in purpose.basis)
    return [article for article in found if article]


def data_subjects(facets: Facets, setting: Setting) -> str:
    return _listed(setting, "data-subjects", [text.rstrip(".") for text in facets.data_subjects])


def data(facets: Facets, setting: Setting) -> str:
    return _listed(setting, "data", [_kind_of_data(item, facets, setting.words) for item in facets.data])


def _kind_of_data(item: DataItem, facets: Facets, words: Words) -> str:
    texts = [purpose.text.rstrip(".") for purpose in facets.purposes if purpose.id and purpose.id in item.purposes]
    label = (
        words("section.data.for", label=item.label.rstrip("."), purposes=_joined(texts, words)) if texts else item.label
    )
    return words("section.data.special", label=label) if item.special else label


def opt_out(facets: Facets, setting: Setting) -> str:
    """Processing that goes on unless a person says no, and how to say it. UK GDPR article 21."""
    items = [paragraph_of(item.text, item.how) for item in facets.opt_outs]
    return paragraphs(setting.words("section.opt-out.intro"), bullets(items)) if items else ""


def paragraph_of(*sentences: str) -> str:
    """Sentences that an editor may have left without a full stop, one after another."""
    ended = (text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}." for text in sentences)
    return " ".join(ended)


def special_category(facets: Facets, setting: Setting) -> str:
    return _listed(setting, "special-category", [_special(item, setting.words) for item in facets.special_category])


def _special(item: SpecialCategory, words: Words) -> str:
    text = words("section.special-category.item", label=item.label)
    condition = _ARTICLE.sub("", item.condition or "").strip()
    schedule = _SCHEDULE.sub("", item.schedule or "").strip()
    key = "-".join(name for name, value in (("condition", condition), ("schedule", schedule)) if value)
    text += words(f"section.special-category.{key}", condition=condition, schedule=schedule) if key else ""
    return text + (words("section.special-category.policy", url=item.policy) if item.policy else "")


def criminal_data(facets: Facets, setting: Setting) -> str:
    if not (found := facets.criminal_data):
        return ""
    authority = (found.authority or "").rstrip(".")
    allowed = setting.words("section.criminal-data.authority", authority=authority) if authority else ""
    return paragraphs(setting.words("section.criminal-data.single", label=found.label.rstrip(".")), allowed)


def lawful_basis(facets: Facets, setting: Setting) -> str:
    return paragraphs(*(_basis(basis, setting.words) for basis in facets.lawful_bases))


def _basis(basis: LawfulBasis, words: Words) -> str:
    article = rights.read_article(basis.article)
    name = words(f"section.lawful-basis.names.{point(article)}") if article else f"**{basis.article}**"
    detail = [""]
    for key, value in (("task", basis.task), ("interests", basis.interests), ("condition", basis.condition)):
        detail.append(words(f"section.lawful-basis.{key}", **{key: value.rstrip(".")}) if value else "")
    law = paragraphs(words("section.lawful-basis.law"), bullets(basis.legislation)) if basis.legislation else ""
    return paragraphs(" ".join(part for part in (name, *detail) if part), law)


def point(article: Article) -> str:
    """The letter of an article's point: `e` for 6(1)(e)."""
    return article.value.removeprefix("6(1)(").rstrip(")")


def consent(facets: Facets, setting: Setting) -> str:
    """Every way to withdraw: each consent's own where they differ.

    The page says once, with the choice itself, what that stops.
    """
    if not (found := facets.consents):
        return ""
    words = setting.words
    ways = [_ways(item.withdraw, setting) for item in found]
    intro, how = words("section.consent.intro"), words("section.consent.ways")
    if all(way == ways[0] for way in ways):
        return paragraphs(intro, how, bullets(ways[0]))
    items = (words("section.consent.item", statement=_line(item.statement)) for item in found)
    nested = (f"- {text}\n{indent(bullets(way), ' ' * 4)}" for text, way in zip(items, ways, strict=True))
    return paragraphs(intro, how, "\n".join(nested))


def _ways(routes: WithdrawRoutes, setting: Setting) -> list[str]:
    words = setting.words
    online = routes.online and setting.site.consent.endpoint
    address = act_address("withdraw", setting.site, setting.language)
    ways = [words("section.consent.online", url=address)] if online else []
    named: WithdrawRoutes | Contact = routes
    if not setting.site.consent.endpoint and not (routes.email or routes.phone or routes.post):
        named = contacts.for_withdrawals(setting.site, setting.language)
    for key in ("email", "phone", "post"):
        if value := getattr(named, key):
            ways.append(words(f"section.consent.{key}", **{key: value}))
    return ways


def act_address(act: str, site: SiteSource, language: str) -> str:
    """The page for an act (`withdraw`, `report`) in a language: the endpoint's, or the site's own where it has none."""
    if not site.consent.endpoint:
        return f"/{act}/" if language == site.language else f"/{language}/{act}/"
    return f"/{act}" if language == site.language else f"/{act}?language={language}"


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
    return _listed(setting, "sharing", recipients(facets.sharing or (), words))


def recipients(found: Iterable[Recipient], words: Words) -> list[str]:
    """Each recipient with why, the law and its role; those of which the same is true are named together."""
    alike: dict[tuple[str | None, ...], list[Recipient]] = {}
    for item in found:
        alike.setdefault((item.why, item.law, item.role), []).append(item)
    together = (replace(items[0], who=_joined((item.who for item in items), words)) for items in alike.values())
    return [_recipient(item, words) for item in together]


def _recipient(recipient: Recipient, words: Words) -> str:
    why = (recipient.why or "").rstrip(".")
    leads_on = _LEADS_ON.get(words.language)
    key = "why" if leads_on is None or leads_on.match(why) else "reason"
    text = words(f"section.sharing.{key}", who=recipient.who, why=why) if why else recipient.who
    text += words("section.sharing.law", law=recipient.law.rstrip(".")) if recipient.law else ""
    return f"{text}.{words(f'section.sharing.role.{recipient.role}')}" if recipient.role else text


def joint_controllers(facets: Facets, setting: Setting) -> str:
    return _listed(setting, "joint-controllers", [_joint(item, setting.words) for item in facets.joint_controllers])


def _joint(item: JointController, words: Words) -> str:
    text = words("section.joint-controllers.item", name=item.name)
    contact = _linked((item.contact or "").rstrip("."))
    text += words("section.joint-controllers.contact", contact=contact) if contact else ""
    text += words("section.joint-controllers.share", share=item.share.rstrip(".")) if item.share else ""
    return f"{text}."


def _linked(contact: str) -> str:
    """A contact as a link where it is a mail or web address and nothing else."""
    if EMAIL.fullmatch(contact):
        return f"[{contact}](mailto:{contact})"
    return f"[{shown_address(contact)}]({contact})" if URL.fullmatch(contact) else contact


def transfers(facets: Facets, setting: Setting) -> str:
    if isinstance(facets.transfers, str):
        return setting.words("section.transfers.none")
    return _listed(setting, "transfers", [told_transfer(item, setting.words) for item in facets.transfers or ()])


def told_transfer(item: Transfer, words: Words) -> str:
    """A country with what protects the data there, as a sentence."""
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
    return paragraphs(_listed(setting, "automated-decisions", items), _safeguards(setting) if items else "")


def _safeguards(setting: Setting) -> str:
    """People's rights against an automated decision, however the editor describes it. UK GDPR article 22C(2)."""
    words = setting.words
    items = [words(f"section.automated-decisions.can.{safeguard.id}") for safeguard in setting.law.safeguards]
    return paragraphs(words("section.automated-decisions.can.intro"), bullets(items))


def algorithms(facets: Facets, setting: Setting) -> str:
    """Where people can read how a program works: the Algorithmic Transparency Recording Standard."""
    items = [f"[{item.tool}]({item.url})" for item in facets.algorithmic_records]
    return paragraphs(setting.words("section.algorithms.intro"), bullets(items)) if items else ""


def your_rights(facets: Facets, setting: Setting) -> str:
    articles = articles_of(facets)
    if not articles:
        return ""
    apart = Right.OBJECT  # UK GDPR article 21(4): it has a section of its own
    items = [_right(right, setting.words) for right in rights.derived(articles) if right.right is not apart]
    asking = " ".join(filter(None, (_ask("rights", setting), setting.words("section.rights.time"))))
    return paragraphs(_listed(setting, "rights", items), asking)


def articles_of(facets: Facets) -> list[Article]:
    """The points of article 6 that a notice rests on, as far as they can be read."""
    found = (rights.read_article(basis.article) for basis in facets.lawful_bases)
    return [article for article in found if article]


def _right(derived: DerivedRight, words: Words) -> str:
    """A right, with the bases that give it where others do not; the purposes of each are told once, among the
    purposes."""
    text = words(f"section.rights.{derived.right}")
    if derived.right is Right.WITHDRAW or not derived.bases:
        return text
    bases = _joined((words(f"section.rights.bases.{point(basis)}") for basis in derived.bases), words)
    return text + words("section.rights.where", bases=bases)


def _ask(section: str, setting: Setting) -> str:
    dpo = setting.site.data_protection_officer
    if dpo and dpo.email:
        return setting.words(f"section.{section}.ask", email=dpo.email)
    if dpo and dpo.phone:
        return setting.words(f"section.{section}.ask-phone", phone=dpo.phone)
    return ""


def objecting(facets: Facets, setting: Setting) -> str:
    """The right to object, apart from the other rights. UK GDPR article 21(1) to (4)."""
    told = paragraphs(_objecting_to_tasks(facets, setting), _objecting_to_marketing(facets, setting))
    return paragraphs(told, _ask("object", setting)) if told else ""


def _objecting_to_tasks(facets: Facets, setting: Setting) -> str:
    """Objections for a reason, and the purposes where it is not all of them. UK GDPR article 21(1)."""
    words, articles = setting.words, articles_of(facets)
    found = next((right for right in rights.derived(articles) if right.right is Right.OBJECT), None)
    if found is None:
        return ""
    bases = found.bases or tuple(dict.fromkeys(articles))
    named = words("section.object.or").join(words(f"section.object.bases.{point(basis)}") for basis in bases)
    told = words("section.object.text", bases=named)
    if not found.bases:
        return told
    uses = [purpose for purpose in facets.purposes if set(bases) & set(_articles_of_purpose(purpose, facets))]
    return _with_purposes("section.object.where", told, uses, setting)


def _objecting_to_marketing(facets: Facets, setting: Setting) -> str:
    """The right to stop direct marketing, which nothing weighs against. UK GDPR article 21(2) and (3)."""
    uses = [purpose for purpose in facets.purposes if purpose.id and purpose.id in facets.direct_marketing]
    if not uses:
        return ""
    return _with_purposes("section.object.marketing-where", setting.words("section.object.marketing"), uses, setting)


def _with_purposes(intro: str, told: str, uses: list[Purpose], setting: Setting) -> str:
    listed = bullets(purpose.text.rstrip(".") for purpose in uses)
    return paragraphs(told, setting.words(intro), listed) if uses else told


def retention_periods(facets: Facets, setting: Setting) -> str:
    return bullets(retention_sentences.row(item, setting) for item in facets.retention)


def _line(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


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
    """UK GDPR articles 4(7), 4(8), 13(1)(a) and 14(1)(a)."""
    words, organisation = setting.words, setting.site.organisation
    acted_for = _acted_for(facets, setting) if facets.processor_for else ""
    if acted_for and not facets.controller:
        return acted_for
    text = words("section.controller.text", name=organisation.name.in_language(setting.language))
    lines = _reached(organisation, "controller", setting, ("website", "email", "phone", "address"))
    key = "section.controller.their_registration" if facets.controller else "section.controller.registration"
    number = organisation.ico_registration
    registered = words(key, number=number, commissioner=_commissioner(setting)) if number else ""
    return paragraphs(text, bullets(lines), registered, acted_for)


def _acted_for(facets: Facets, setting: Setting) -> str:
    """The bodies that the council is a processor for, each with the ways to reach it."""
    items = []
    for body in facets.processor_for:
        ways = _reached(body, "representative", setting, ("email", "phone", "post", "url"))
        items.append(", ".join([f"**{body.name}**", *ways]))
    return paragraphs(setting.words("section.controller.acts_for"), bullets(items))


def representative(facets: Facets, setting: Setting) -> str:
    """UK GDPR articles 13(1)(a), 14(1)(a) and 27."""
    if not (found := facets.representative):
        return ""
    lines = _reached(found, "representative", setting, ("name", "email", "phone", "post", "url"))
    return paragraphs(setting.words("section.representative.text"), bullets(lines))


def dpo(facets: Facets, setting: Setting) -> str:
    officer = setting.site.data_protection_officer
    if not officer:
        return ""
    lines = _reached(officer, "dpo", setting, ("name", "email", "phone", "address"))
    return paragraphs(setting.words("section.dpo.text"), bullets(lines))


def complaint(facets: Facets, setting: Setting) -> str:
    """To the council (Data Protection Act 2018 section 164A) and to the regulator."""
    words, ways = setting.words, setting.site.complaints
    own = ""
    if ways:
        lines = _reached(ways, "complaint", setting, ("form", "email", "phone", "post"))
        own = paragraphs(words("section.complaint.text"), bullets(lines))
    regulator = setting.law.regulator
    contacts = {"label": shown_address(regulator.complaint), "website": regulator.complaint, "phone": regulator.phone}
    return paragraphs(own, words("section.complaint.ico", commissioner=_commissioner(setting), **contacts))


def _commissioner(setting: Setting) -> str:
    """The regulator of the day as a sentence names it; a language without a name of its own has the English one."""
    name = setting.law.regulator.name
    return name.get(setting.language, name["en"])


def updates(facets: Facets, setting: Setting) -> str:
    """A printed copy names the notice's own page on this site: that says which version counts."""
    path = f"{setting.prefix}/{setting.notice}/"
    address = f"[{shown_address(setting.site.lasting_url + path)}]({path})"
    printed = setting.words("section.updates.printed", address=address)
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
    "data-subjects": data_subjects,
    "data": data,
    "special-category": special_category,
    "criminal-data": criminal_data,
    "lawful-basis": lawful_basis,
    "consent": consent,
    "opt-out": opt_out,
    "must-provide": must_provide,
    "sources": sources,
    "sharing": sharing,
    "joint-controllers": joint_controllers,
    "retention": retention_periods,
    "transfers": transfers,
    "automated-decisions": automated_decisions,
    "algorithms": algorithms,
    "rights": your_rights,
    "object": objecting,
    "controller": controller,
    "representative": representative,
    "dpo": dpo,
    "complaint": complaint,
    "updates": updates,
    "primary-notice": primary_notice,
}
"""Each standard section's wording, by its id."""
