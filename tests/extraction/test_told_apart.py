"""Who is told of across what stands between: times, ages, asides, "since", titles, and words that look like
others."""

from datetime import date

import pytest

from service.extraction.gazetteer import Gazetteer
from service.extraction.protocol import ClaimCandidate, Document
from service.extraction.rules import RulesExtractor

EXTRACTOR = RulesExtractor(Gazetteer())


def claims(text: str) -> list[ClaimCandidate]:
    return [
        claim
        for claim in EXTRACTOR.extract(Document(text, published=date(2022, 1, 12)))
        if claim.value is None
    ]


# sentence → predicate: subject > object > complement ("-" where nothing is asked; a part of the words)
TOLD = [
    # a time between whoever acts and the verb
    ("The guild, which last week accused the port of fraud, met.", "accusation: guild > the port > fraud"),
    ("Ana Costa, who two days earlier accused the port of fraud, left.", "accusation: Ana Costa > port > -"),
    ("The agency, which a month ago warned that food would run out, left.", "warning: The agency > food > -"),
    ("Carl Sand, who in March resigned as mayor, is back.", "resigned: Carl Sand > - > mayor"),
    ("The mayor last month accused the port of fraud.", "accusation: The mayor > the port > fraud"),
    ("Carl Sand has since accused the port of fraud.", "accusation: Carl Sand > the port > fraud"),
    ("The premier, who lost and has since sacked the treasurer, left.", "removed: - > the treasurer > -"),
    # an age or a dash between a name and what is told of it
    ("Omar Diallo, 64, who succeeded his father in 2009, is ill.", "succeeded: Omar Diallo > father > -"),
    ("The premier, Omar Diallo -- a baker -- has been sacked.", "removed: - > Omar Diallo > -"),
    ("The owner, Omar Diallo, arrested in May, was refused bail.", "detention: - > Omar Diallo > -"),
    # states that are no verb, "US" that is no pronoun, what a secretary is of
    ("The United States and Chile have agreed to end the ban.", "agreement: United States > Chile > -"),
    ("The US has asked Chile to explain it, envoy Ana Costa told CNN.", "request: US > Chile > explain"),
    ("US Secretary of State Carl Sand accused Chile of theft.", "accusation: Carl Sand > Chile > theft"),
    ("Acme named Carl Sand Jr. as finance director.", "appointed: Acme > Carl Sand > finance director"),
    # the people of a country
    ("Israelis demonstrated in Haifa on Sunday.", "protest: Israelis > - > -"),
    ("Millions of Kenyans voted on Tuesday.", "election: Millions of Kenyans > - > -"),
    # whose an accusation, a demand or a strike is
    ("Carl Sand was accused by a dozen of his pupils of theft.", "accusation: dozen > Carl Sand > theft"),
    ("A friend of one of two men accused of theft wept.", "accusation: - > two men > theft"),
    ("The union, whose two-day strike in July closed the port, gave in.", "protest: The union > - > -"),
    ("He rejected calls from unions for a wage freeze.", "demand: unions > - > wage freeze"),
    ("The pull-out, demanded by the unions, began in May.", "demand: unions > - > pull-out"),
    ("The party insists that the minister keep her post.", "demand: The party > the minister > -"),
    ("Some 500 nurses had filled Kent Square to demand a rise.", "demand: 500 nurses > - > a rise"),
    ("More than 500 nurses marched to demand a rise.", "demand: 500 nurses > - > a rise"),
    ("A man rammed his van into a bus queue in Lima.", "attack: A man > bus queue > van"),
    ("A bomber rammed a truck packed with petrol into a barracks.", "attack: bomber > barracks > truck"),
    ("A clash between police and fans left two dead.", "clash: police > fans > -"),
    ("The driver faces 15 years for fraud.", "charge: - > driver > -"),
    ("A student was murdered in Manila.", "attack: - > A student > -"),
    ("Carl Sand, Labour MP for Dover, left.", "holds_office: Carl Sand > Dover > MP for Dover"),
    ("Acme settled a dispute with its auditors.", "agreement: Acme > auditors > dispute"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_roles_across_what_stands_between(text: str, expected: str) -> None:
    predicate, _, roles = expected.partition(": ")
    wanted = [role.strip() for role in roles.split(">")]
    found = [
        (claim.subject or "", claim.object or "", claim.complement or "")
        for claim in claims(text)
        if claim.predicate.startswith(predicate)
    ]
    assert any(
        all(want == "-" or want in have for want, have in zip(wanted, one, strict=True)) for one in found
    ), found


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        # what one would do or feel is not announced
        ("The pilot said she would miss the old airport.", "announcement"),
        ("“I would ask anyone the same thing,” the pilot said.", "announcement"),
        # who tells of herself accuses nobody
        ("Later, she alleged, she was followed by two men.", "accusation"),
        # calls that ring, and a state of war that is no label
        ("He was woken by phone calls from relatives to complain.", "demand"),
        ("Ana Costa, who last year declared a state of “internal war”, left.", "characterization"),
        # leading a poll, an adjective, and whoever is to lead
        ("Ana Costa leads Carl Sand in every poll.", "holds_office"),
        ("Acme is the third leading search firm this year.", "holds_office"),
        ("The mayor picked Carl Sand to again lead the panel.", "holds_office"),
        # attacks, fights and feuds in words
        ("The partisan brawl over the tax went on.", "clash"),
        ("The candidates are feuding over the tax.", "clash"),
        ("Infighting at the company worries investors.", "clash"),
        # what is about to happen has no cause
        ("The club is due to move into its new stadium in May.", "reported_cause"),
        ("The candidate is on the attack in a new advert.", "attack"),
    ],
)
def test_what_only_looks_like_a_claim(text: str, predicate: str) -> None:
    assert predicate not in [claim.predicate for claim in claims(text)]
