"""Invented people and words of the demonstration. Nobody here exists."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from composition_rules.mandate import Role

MANDATE = "norddjurs-dialogforum-2024"
GROUP = "elected"
BACKGROUND = "background:refugee-or-immigrant"
COMMITTEE_MEMBER = "member:arbejdsmarkedsudvalget"
OFFICIAL = "Valgleder"
QUESTION = "Hvem skal repræsentere flygtninge og indvandrere i Dialogforum for Integration?"


class Standing(NamedTuple):
    """A candidate and two lines about them."""

    name: str
    presentation: str


FINISHED_CANDIDATES = (
    Standing("Amina Yusuf", "Social- og sundhedsassistent i Grenaa. Vil have bedre danskundervisning om aftenen."),
    Standing("Bohdan Kovalenko", "Svejser på havnen. Vil have flere praktikpladser til nyankomne."),
    Standing("Çiğdem Arslan", "Driver en butik i Auning. Vil samle foreninger og erhvervsliv."),
    Standing("Dawit Tesfay", "Fodboldtræner i Allingåbro. Vil have flere unge med i foreningslivet."),
    Standing("Elena Popescu", "Pædagog i Ørsted. Vil give forældre en bedre start i dagtilbud og skole."),
    Standing("Farid Rahimi", "Tolk og buschauffør. Vil have breve fra kommunen, som man kan forstå."),
)
# One tie, at the last of the four seats.
FINISHED_VOTES = (11, 9, 8, 5, 5, 3)
FINISHED_BLANK = 4
FINISHED_REVOTES = 2
FINISHED_CARDS = 60
FINISHED_TRUSTEES = ("Formand for valgbestyrelsen", "Kommunens revisor")

OPEN_CANDIDATES = (
    Standing(
        "Hanna Bondarenko", "Sygeplejerske på hospitalet i Grenaa. Vil have hurtigere godkendelse af uddannelser."
    ),
    Standing("Ibrahim Haddad", "Kok og far til tre. Vil have et mødested for alle i Ørum."),
    Standing("Jolanta Nowak", "Arbejder på fiskefabrikken. Vil have danskundervisning på arbejdspladsen."),
    Standing("Khadija Osman", "Studerer til lærer i Grenaa. Vil have lektiehjælp i hele kommunen."),
    Standing("Le Minh Anh", "Gartner i Glesborg. Vil have flere kvinder i foreningslivet."),
    Standing("Mehmet Demir", "Elektriker og håndboldtræner. Vil have idræt for de nyankomne."),
)
OPEN_CARDS = 12
OPEN_TRUSTEE = "Formand for valgbestyrelsen"


class Appointed(NamedTuple):
    """A person on a place that is not filled by election."""

    group: str
    role: Role
    seat: int
    name: str
    decision: str
    properties: tuple[str, ...] = ()


def appointments(decided: date) -> tuple[Appointed, ...]:
    """The appointed seats of the finished council; the unions have not named their alternate yet."""
    council = f"Kommunalbestyrelsen {decided:%d.%m.%Y}"
    member, alternate = Role.MEMBER, Role.ALTERNATE
    return (
        Appointed("education", member, 1, "Niels Brandt", council),
        Appointed("education", alternate, 1, "Oda Lindholm", council),
        Appointed("business-djursland", member, 1, "Palle Krogh", "Business Djursland, bestyrelsen"),
        Appointed("business-djursland", alternate, 1, "Rikke Sand", "Business Djursland, bestyrelsen"),
        Appointed("unions", member, 1, "Susanne Bech", council),
        Appointed("leisure-council", member, 1, "Torben Friis", "Norddjurs Fritidsråd"),
        Appointed("leisure-council", alternate, 1, "Ulla Dahl", "Norddjurs Fritidsråd"),
        Appointed("volunteer-council", member, 1, "Vibeke Holm", "Frivilligrådet i Norddjurs"),
        Appointed("insight", member, 1, "Yonas Berhe", council),
        Appointed("insight", member, 2, "Zahra Mohammadi", council),
        Appointed("insight", alternate, 1, "Anders Juhl", council),
        Appointed("free", member, 1, "Birgit Skov", council, (COMMITTEE_MEMBER,)),
        Appointed("free", member, 2, "Carsten Løgstrup", council),
        Appointed("free", member, 3, "Ditte Vestergaard", council),
    )
