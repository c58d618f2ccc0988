"""The meaning of words: each shape that was once misread, in several forms, beside neighbours that only look alike."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

import pytest

from benchmarks import prose
from generator.rules.passages import passages
from generator.rules.prose.english import ENGLISH
from generator.rules.prose.judgement import Answer, judged
from generator.rules.prose.signs import patterns
from generator.rules.prose.statements import read
from generator.rules.prose.welsh import WELSH
from tests.prose.sentences import SETS

COUNCIL = "Northbrook Borough Council, hello@example.org.\n\n"
SAID = {
    "N01": (
        COUNCIL,
        "The controller is Eastmere District Council, 1 High Street, EX1 1AA.",
        "Hartswell Parish Council collects this. Ring 01234 567890.",
        "Cyngor Tref Llanfaredd sy’n gyfrifol am y wybodaeth: clerc@example.org.",
    ),
    "N03": (
        "Our Data Protection Officer can be reached at dpo@example.org.",
        "**Data Protection Officer:** Jo Example\n\nTelephone: 01234 567890",
        "## Data protection officer\n\nInformation Governance, Civic Centre, EX1 1AA",
        "You can write to the DPO at the Town Hall, 1 High Street.",
        "Ein Swyddog Diogelu Data: sdd@example.org.",
    ),
    "N04": (
        "We use what you tell us to plan bus routes.",
        "Your details help us to plan bus routes.",
        "We need your address so that we can deliver the bins.",
        "Information about you is processed to assess your claim.",
        "## Why we collect it\n\n- to run the service\n- to prevent fraud",
        "The purposes of the processing are research and planning.",
        "Personal data will be used for the following purposes: billing and refunds.",
        "The council processes personal data in order to collect the tax.",
        "With this information we work out how much help you can get.",
        "Rydym yn defnyddio eich gwybodaeth er mwyn trefnu eich apwyntiad.",
        "Officers look at your income to work out your discount.",
        "Your telephone number is there so that we can ring you back.",
        "The information lets us plan ahead.",
        "We look at the pictures when there has been an accident.",
        "We process it in connection with your tenancy.",
        "Data is used for research purposes.",
        "Collecting your details is needed for the administration of the grant.",
    ),
    "N05": (
        "We rely on your consent to send you the newsletter.",
        "The legal basis is a contract with you.",
        "We process this under Article 6(1)(c) of the UK GDPR.",
        "It is part of our public task.",
        "The law requires us to keep this register.",
        "We are required by law to collect it.",
        "Section 5 of the Example Act 1999 gives us the power to hold this information.",
        "## What allows us to do this\n\nThe Housing Act 1996.",
        "We do this with your consent.",
        "It is necessary to perform a contract with you.",
        "Ein sail gyfreithiol yw cydsyniad.",
        "We can do this because you have agreed to it.",
        "The council has a duty under the Care Act 2014 to do so.",
        "You asked us for this service, so it is needed for our contract with you.",
        "It is our legal duty to keep a register.",
        "This is what the law[^1] has us do.\n\n[^1]: The Example Act 1999.",
    ),
    "N07": (
        "This includes: contact details, date of birth.",
        "We hold your name, address and telephone number.",
        "## The information we collect\n\n- Name\n- Address\n- Bank details",
        "We may ask you for your date of birth and your National Insurance number.",
        "Personal data such as names and email addresses is recorded.",
        "| Information | Why |\n|---|---|\n| Name and address | billing |",
        "Rydym yn casglu eich enw a’ch cyfeiriad.",
        "Tell us your name, where you live and when you were born.",
        "The form asks for your name, age and school.",
        "We use photographs and video of the event.",
        "Your name and telephone number are passed to the driver.",
        "A note is made of your name, car registration and the time.",
        "Mae’r ffurflen yn gofyn am eich enw a’ch oedran.",
        "## What we know about you\n\n- your name\n- your birthday",
        "We need:\n\n- the applicant’s full name\n- their occupation",
        "If you take part, we write down\n\n* your name and how to reach you\n* your age",
        "| | Council | Police |\n|---|---|---|\n| Names and addresses | yes | yes |",
        "We process payment details and your emergency contact.",
        "Information we hold includes next of kin and medical history.",
    ),
    "N08": (
        "We share your information with the police.",
        "Your details are passed to our contractor.",
        "We will not give your information to anyone else.",
        "## Who we share it with\n\n- HM Revenue and Customs\n- the NHS",
        "The data is disclosed to the Valuation Office Agency.",
        "We may need to provide your details to other departments of the council.",
        "Your information is only seen by staff in the housing team.",
        "We never sell or pass on your information to others.",
        "Recipients: the Home Office, local schools.",
        "Nobody outside the council will see your information.",
        "Gallwn rannu eich gwybodaeth â’r heddlu.",
        "Auditors may look at it.",
        "The bank that takes your payment sees your account number.",
        "It is seen by nobody but the warden.",
        "Our printers and mailing company handle your address for us.",
        "The police can ask us for footage.",
        "## 4. Sharing\n\n(a) The actuary of the fund.",
    ),
    "N09": (
        "Your information is stored in the UK and the EEA.",
        "We do not send any personal data overseas.",
        "All our data is hosted on servers in the United Kingdom.",
        "We do not transfer your information outside of the UK.",
        "None of it leaves the UK.",
        "Our supplier keeps the information in Germany.",
        "Mae eich gwybodaeth yn cael ei storio yn y DU a’r AEE.",
        "Our data centre is in London, and no copy is held anywhere else.",
        "Your information never goes outside this country.",
        "The data remains within the UK at all times.",
        "Ni chaiff ei anfon dramor.",
        "All records are on UK-based servers.",
        "The information does not leave the country.",
        "We only use data centres within the European Union for your data.",
    ),
    "N10": (
        "Your information will be stored for 50 years.",
        "Your details are safe. They are held up to 6 months.",
        "Recordings are deleted after 180 days.",
        "We destroy applications once five years have passed since the decision.",
        "We follow our [retention schedule](https://www.example.org/schedule) for all records.",
        "## How long we keep it\n\nSix years after your last visit.",
        "| Record | Kept for |\n|---|---|\n| Applications | 6 years |",
        "We keep your details until you ask us to remove them.",
        "The minimum period for which we hold files is 7 years.",
        "Your account information is retained while you are a member and for 2 years afterwards.",
        "Rydym yn cadw eich gwybodaeth am saith mlynedd.",
        "We keep the form for the current year plus 6 years.",
        "Your form: 6 years and then deleted.",
        "We hold your file for the duration of the contract and for 2 years after it.",
        "Your report is anonymised after 90 days.",
        "Photographs are taken down from the website after a year.",
        "Your details are removed when you close your account.",
        "It stays on file for two years.",
        "We delete your details when your child leaves the school.",
        "Records are kept for up to 3 years after the case is closed, or longer if there is an appeal.",
        "The entries stay in the register for good.",
        "Notes are weeded after 18 months.",
        "We only keep the data until the event is over.",
        "Caiff ei gwaredu ar ôl 3 blynedd.",
        "We keep it as long as you have an account.",
        "Files are held for the lifetime of the building.",
        "We forget your name after 4 weeks.",
        "The file is purged once your query is resolved.",
        "Adoption records are kept until the child reaches the age of 100.",
        "Your card details are thrown away at once.",
        "The register is held in perpetuity.",
        "We get rid of notes when the case is settled.",
        "Call recordings last 28 days.",
        "The information is disposed of at the end of each school year.",
    ),
    "N11": (
        "You can: request access, object to what we do.",
        "You have the right to see your information and to have it corrected.",
        "## Your rights\n\n- access\n- rectification\n- erasure",
        "You are entitled to ask for a copy of your data and to have errors put right.",
        "You may ask us to delete your information or restrict how we use it.",
        "Mae gennych hawl i weld eich gwybodaeth ac i’w chywiro.",
        "You can tell us to stop.\n\nYou can ask to see what we know.",
    ),
    "N12": (
        "You can withdraw your consent at any time by ringing us.",
        "If you change your mind, tell us and we will stop.",
        "To opt out, use the link in the message.",
        "Gallwch dynnu eich cydsyniad yn ôl.",
        "You may cancel your consent whenever you like.",
        "You can stop the emails at any time by replying STOP.",
        "Tell us if you no longer agree, and we will delete the pictures.",
        "To stop receiving the newsletter, write to us.",
        "Ask us to remove you from our mailing list.",
        "You can say no at any time, even after you agreed.",
    ),
    "N13": (
        "You can complain to the Information Commissioner.",
        "If you are still unhappy, contact the ICO on 0303 123 1113.",
        "## Complaints\n\nInformation Commissioner’s Office, Wycliffe House, Wilmslow, SK9 5AF",
        "Gallwch gwyno i’r Comisiynydd Gwybodaeth.",
        "The regulator is the Information Commissioner (0303 123 1113).",
        "Take it up with the Information Commissioner’s Office if our reply does not help.",
    ),
    "N13b": (
        "To complain about how we use your information, email us.",
        "If you are not happy with the way we handled your data, please contact us.",
        "## Complaints\n\nTell our data protection officer.",
        "Gallwch wneud cwyn am y ffordd yr ydym yn trin eich gwybodaeth.",
        "Use our complaints procedure if you think we have misused your data.",
        "Want to complain about your privacy? Write to us.",
        "Please raise any worry about your data with the clerk first.",
        "If you think we have not handled your information properly, please contact us.",
        "Do you have a problem with how we treat personal data? Let us know.",
    ),
    "N14": (
        "We get your details from your school.",
        "Information comes from you and from your landlord.",
        "Your doctor sends us information about your health.",
        "You give us this when you fill in the form.",
        "## Where we get it from\n\nThe Department for Work and Pensions.",
        "We use the information that you provide.",
        "We receive data about you from the police.",
        "Rydym yn casglu’r wybodaeth oddi wrthych chi.",
        "Your social worker and the police tell us about you.",
        "Other councils send us information about people who move here.",
        "The form that you fill in is where it comes from.",
        "Employers provide us with references.",
        "We look at the electoral register as well, which gives us names and addresses.",
        "We are told about you by your landlord.",
        "Daw’r wybodaeth gan eich ysgol.",
        "The school sends us the register.",
        "The information is supplied by the Department for Work and Pensions.",
        "We collect your details when you fill in our online form.",
        "We are notified by the hospital.",
        "Referrals reach us from schools and doctors, with details of the child.",
    ),
    "N15": (
        "If you do not provide your bank details, we cannot pay you.",
        "Giving this is voluntary.",
        "You must give us your name.",
        "You do not have to answer these questions.",
        "Without this information we are unable to help.",
        "It is a statutory requirement to supply these details.",
        "It is up to you whether you tell us.",
        "Os na fyddwch yn rhoi’r manylion, ni allwn eich talu.",
        "You can leave this question blank.",
        "There is no need to tell us your age.",
        "It is an offence not to reply.",
        "Answering is not compulsory.",
        "We can only help if you give us this information.",
        "You are legally obliged to complete the form.",
        "Nid oes rhaid i chi ateb y cwestiynau hyn.",
        "We cannot decide without the details in the form.",
        "You are under no obligation to give us this.",
        "If this information is not provided, we may be unable to help.",
        "Your application may be delayed if you do not tell us.",
        "It is a legal requirement to register.",
        "Mandatory fields are marked with a star.",
        "Not giving us your number means that we cannot ring you back.",
    ),
    "N16": (
        "We do not make decisions by automated means.",
        "No automated decision-making takes place.",
        "A computer decides who gets the first appointment.",
        "All decisions are made by a person.",
        "We do not use profiling.",
        "Nid ydym yn gwneud penderfyniadau awtomataidd.",
    ),
}
NOT_SAID = {
    "N01": (
        "The council is kind. The council is here for you.",
        "Council Tax is due in April: tax@example.org.",
        "We share it with Northbrook Borough Council.",
    ),
    "N03": (
        "Email dpo@example.org.",
        "We do not have a data protection officer; write to office@example.org.",
        "[Contact](mailto:dpo@example.org) us about parking.",
    ),
    "N04": (
        "We will not use your information for marketing.",
        "We use cookies to remember your choice.",
        "We use plain English.",
        "The park is used for games.",
    ),
    "N05": (
        "Article 6 of the Human Rights Act gives you a fair trial.",
        "We share it where the law requires us to.",
        "We have no legal basis for that.",
        "You must by law wear a seat belt.",
    ),
    "N07": (
        "This includes: bins, parks and streets.",
        "- red\n- green\n- blue",
        "We collect glass, paper and cans.",
        "We do not collect your name or your address.",
        "Write to the address above or use our email address.",
    ),
    "N08": (
        "You may share a bin with your neighbour.",
        "We share the building with the library.",
        "Share this page on Facebook.",
        "Rhannwch fin â chymydog.",
        "We will share our plans with residents.",
    ),
    "N09": (
        "Download it from https://www.example.org/transfers/overseas.",
        "You can have your data transferred to you.",
        "We use secure file transfer.",
        "Tourists from overseas are welcome.",
        "Meet us outside the school.",
        "Mae’r maes parcio y tu allan i’r ysgol.",
    ),
    "N10": (
        "We keep the streets clean.",
        "Please keep your dog on a lead for 10 minutes.",
        "We keep your information safe.",
        "Keep hold of your ticket.",
        "We answer requests within 30 days.",
        "Cadwch y strydoedd yn lân.",
        "The meeting lasts 2 hours and tickets are kept at the door for a week.",
        "Please keep your child off school for 2 days after sickness.",
        "Tell us within 14 days if your details change, and keep a copy.",
    ),
    "N11": (
        "You have the right to work in the UK.",
        "Rights of way cross the field.",
        "We reserve the right to refuse service.",
        "Mae gennych hawl i gael bin.",
    ),
    "N12": (
        "You cannot withdraw your consent.",
        "You can withdraw your application.",
        "Withdraw cash from the machine.",
        "It lasts until you unsubscribe.",
    ),
    "N13": (
        "Our ICO registration number is Z1234567.",
        "We are registered with the Information Commissioner’s Office.",
        "See https://ico.org.uk/register for more.",
    ),
    "N13b": (
        "You can complain to the Information Commissioner about how we use your data.",
        "Complain about a missed bin on our app.",
        "We use your information to investigate your complaint.",
    ),
    "N14": (
        "We collect garden waste from your house.",
        "If you do not give us your name, we cannot help.",
        "We receive calls from all over the county.",
        "Rydym yn casglu gwastraff gardd gennych.",
        "If the hospital tells us to, we close the pool.",
        "Unless you give us your name we cannot help.",
    ),
    "N15": (
        "You need to give your consent.",
        "You must provide a clear path to the bin.",
        "You must give notice if you leave.",
        "We must give you a receipt.",
        "If you do not pay, we will send a reminder.",
        "You may be delayed if the bus is full.",
        "There is no obligation to buy.",
        "You must tell us if your address changes.",
        "You need to tell us whenever anything in the form has changed.",
    ),
    "N16": (
        "Our computers are free to use.",
        "Your computer’s IP address is recorded.",
        "You will get an automated e-mail.",
        "The doors open automatically.",
        "Mae’r cyfrifiaduron am ddim.",
    ),
}
NOT_SAID_EITHER = {
    "N10": ("It ended in May, since the age of 12 was the limit of our records.",),
    "N14": ("Children can get details from our library staff.", "Visitors receive a copy of the data from the desk."),
    "N15": ("It is your choice whether to use the library.", "It is up to you how you pay."),
    "N16": ("Staff take all cases of lost property.", "Officers make every effort to help."),
}
"""Verbs of a sign whose object is neither somebody's data nor a decision about somebody."""
DOCS = Path(__file__).resolve().parents[1] / "docs" / "prose.md"


def answer(requirement: str, markdown: str) -> Answer:
    return judged(read(passages(markdown.split("\n"), "notice.md", 1)), requirement).answer


def rows(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(requirement, text) for requirement, texts in table.items() for text in texts]


@pytest.mark.parametrize(("requirement", "text"), rows(SAID))
def test_words_that_say_it_are_taken_for_saying_it(requirement: str, text: str) -> None:
    assert answer(requirement, text) is Answer.YES


@pytest.mark.parametrize(("requirement", "text"), [*rows(NOT_SAID), *rows(NOT_SAID_EITHER)])
def test_words_that_only_look_like_it_are_not(requirement: str, text: str) -> None:
    assert answer(requirement, text) is not Answer.YES


def test_a_text_in_both_languages_is_read_in_each_and_quotes_the_right_statement() -> None:
    text = "The police can see your records.\n\nRydym yn cael gwybodaeth amdanoch gan eich landlord.\n\nThe hall is open to all."
    quotes = {}
    for requirement in ("N08", "N14"):
        found = judged(read(passages(text.split("\n"), "notice.md", 1)), requirement)
        quotes[requirement] = found.statement.quote if found.answer is Answer.YES and found.statement else None
    assert quotes == {
        "N08": "The police can see your records.",
        "N14": "Rydym yn cael gwybodaeth amdanoch gan eich landlord.",
    }


def test_rights_in_free_words_count_only_in_statements_that_follow_one_another() -> None:
    apart = ("You can inspect the records.", "The library opens at nine.", "You may have your records updated.")
    assert answer("N11", " ".join(apart)) is not Answer.YES
    assert answer("N11", f"{apart[0]} {apart[2]}") is Answer.YES


def test_the_figures_of_the_docs_are_those_that_the_benchmark_counts() -> None:
    measured, written = prose.measure("measured"), prose.measure("written")
    rows = _table_of_docs("| rule | measured: right / wrongly / missed |")
    assert [(row[0], row[1], row[4]) for row in rows] == [
        (rule, *(f"{half.right[rule]} / {half.wrongly[rule]} / {half.missed[rule]}" for half in (measured, written)))
        for rule in (*prose.SAID, *prose.FOUND)
    ]


def test_the_figures_of_single_sentences_in_the_docs_are_those_that_the_benchmark_counts() -> None:
    tallies = [prose.measure_sentences(name) for name in SETS]
    assert _table_of_docs("| rule | measured | reworded |") == [
        [rule, *(_counts(tally, rule) for tally in tallies)] for rule in prose.SINGLE
    ]


def test_the_docs_say_of_each_requirement_whether_it_reaches_the_aim_on_all_that_is_measured() -> None:
    tally, other_half = prose.measure_everything(), prose.measure_sentences("second_reader")
    shares = [[cell.strip() for cell in line.strip("|").split("|")] for line in prose.table(tally, prose.SAID)]
    assert [row[2:] for row in _table_of_docs("| rule | second author, first reading |")] == [
        [_counts(other_half, rule), _counts(tally, rule), *share[4:], "yes" if prose.reaches(tally, rule) else "no"]
        for rule, share in zip(prose.SAID, shares[2:-1], strict=True)
    ]


def test_the_sentences_that_the_rules_are_written_on_are_read_as_a_reader_does() -> None:
    assert prose.measure_sentences("written").answers == []


def _counts(tally: prose.Tally, rule: str) -> str:
    counts = (tally.right[rule], tally.wrongly[rule], tally.missed[rule])
    return " / ".join(map(str, counts)) if any(counts) else "-"


def _table_of_docs(header: str) -> list[list[str]]:
    """The cells of the rows of rules in the table whose first line begins like that."""
    lines = DOCS.read_text("utf-8").split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith(header)) + 2
    table = takewhile(lambda line: line.startswith("|"), lines[first:])
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return [row for row in rows if re.fullmatch(r"[A-Z]\d+b?", row[0])]


def test_every_pattern_of_a_sign_can_be_looked_for() -> None:
    found = [pattern for table in (ENGLISH, WELSH) for signs in table.values() for pattern in patterns(signs)]
    assert len(found) > 300
    for pattern in found:
        pattern.search("")  # compiled at its first use: a fault in one must not wait for a text that needs it
