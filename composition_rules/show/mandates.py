"""The lines of a shown mandate: the head, the overview of the seats, then every rule with its lines in the source."""

from __future__ import annotations

from collections.abc import Iterator

from composition_rules.check.requirements import bound_in_words
from composition_rules.mandate import (
    NOT_STATED,
    Alternates,
    Clause,
    Duty,
    Mandate,
    Requirement,
    Role,
    Rule,
    SeatGroup,
    Seats,
    Share,
    Silence,
    Term,
    Text,
    Vacancies,
    Wording,
    in_words,
)
from composition_rules.show.words import number_of, where, word, yes_or_no


def show_mandate(mandate: Mandate, language: str) -> list[str]:
    """The mandate as a person reads it, in ``da`` or ``en``."""
    return [text.in_language(language) for text in _lines(mandate)]


def _lines(mandate: Mandate) -> Iterator[Text]:
    yield mandate.title
    yield from _head(mandate)
    yield _plain("")
    yield from _overview(mandate)
    for group in mandate.groups:
        yield _plain("")
        yield from _group(group, mandate)
    yield _plain("")
    yield from _council(mandate)
    yield _plain("")
    yield Text(da="Kilder", en="Sources")
    for source in mandate.sources:
        yield _plain(f"  {source.id}: {source.title} ({source.address or source.file})")


def _head(mandate: Mandate) -> Iterator[Text]:
    municipality = mandate.municipality
    whose = NOT_STATED if isinstance(municipality, Silence) else _plain(municipality)
    yield _line(Text(da="Kommune", en="Municipality"), whose)
    adopted = mandate.adoption
    when = NOT_STATED if isinstance(adopted, Silence) else _joined(_plain(f"{adopted.on}, "), adopted.by)
    yield _line(Text(da="Vedtaget", en="Adopted"), when)
    in_force = mandate.in_force
    since = NOT_STATED if isinstance(in_force, Silence) else _plain(in_force.since.isoformat())
    yield _line(Text(da="Gælder fra", en="In force from"), since)
    yield _line(Text(da="Retsgrundlag", en="Legal basis"), word(mandate.legal_basis), mandate.legal_clause)


def _overview(mandate: Mandate) -> Iterator[Text]:
    rows = [(group.title, group.places(Role.MEMBER), group.places(Role.ALTERNATE)) for group in mandate.groups]
    rows.append((Text(da="I alt", en="Total"), mandate.seats, mandate.alternates))
    wide = {"da": max(len(title.da) for title, _, _ in rows), "en": max(len(title.en) for title, _, _ in rows)}
    yield Text(
        da=f"  {'Pladser':{wide['da']}}  {'medlemmer':>18}  {'suppleanter':>18}",
        en=f"  {'Seats':{wide['en']}}  {'members':>18}  {'alternates':>18}",
    )
    for title, members, alternates in rows:
        held, spare = number_of(members), number_of(alternates)
        yield Text(
            da=f"  {title.da:{wide['da']}}  {held.da:>18}  {spare.da:>18}",
            en=f"  {title.en:{wide['en']}}  {held.en:>18}  {spare.en:>18}",
        )


def _group(group: SeatGroup, mandate: Mandate) -> Iterator[Text]:
    yield _joined(group.title, _plain(f" ({group.id}) [{where(group.clause)}]"))
    yield _line(Text(da="Medlemmer", en="Members"), number_of(group.seats))
    yield _line(Text(da="Suppleanter", en="Alternates"), _alternates(group.alternates), group.alternates.clause)
    yield _line(Text(da="Vej", en="Route"), word(group.route))
    yield _line(Text(da="Besættes af", en="Filled by"), in_words(group.filled_by))
    for name, text in (
        (Text(da="Indstilles af", en="Nominated by"), group.nominated_by),
        (Text(da="Kommer fra", en="Drawn from"), group.drawn_from),
        (Text(da="Skal have", en="Asked of them"), group.qualification),
    ):
        if text is not None:
            yield _line(name, text)
    if group.as_many_as is not None:
        yield _line(Text(da="Lige så mange som", en="As many as"), mandate.group(group.as_many_as).title)
    for share in group.shares:
        yield _line(Text(da="Forbeholdt", en="Reserved"), _joined(_plain(f"{share.seats}: "), _named(share)))
    for requirement in group.requirements:
        yield _requirement(requirement)
    if group.term is not None:
        yield from _term(group.term)
    if group.vacancies is not None:
        yield from _vacancies(group.vacancies)
    yield from _election(group)


def _alternates(alternates: Alternates) -> Text:
    said = [word(alternates.kind)]
    if alternates.order is not None:
        said.append(_joined(Text(da=", rækkefølge: ", en=", order: "), word(alternates.order)))
    if alternates.per_member is not None:
        per = number_of(alternates.per_member)
        said.append(Text(da=f", {per.da} pr. medlem", en=f", {per.en} for each member"))
    if alternates.at_most_members:
        said.append(Text(da=", højst lige så mange som medlemmer", en=", no more than members"))
    return _joined(*said)


def _election(group: SeatGroup) -> Iterator[Text]:
    rules = group.election
    if rules is None:
        return
    yield _line(Text(da="Hvem stemmer", en="Who votes"), _wording(rules.franchise))
    yield _line(Text(da="Hvem stiller op", en="Who may stand"), _wording(rules.candidacy))
    yield _line(Text(da="Stillere", en="Supporters"), _number(rules.supporters))
    yield _line(Text(da="Krydser", en="Marks"), _number(rules.marks))
    if rules.weights:
        more = Text(da="nogle vælgere har flere stemmer end andre", en="some electors have more votes than others")
        yield _line(Text(da="Vægte", en="Weights"), more)
    yield _line(Text(da="Rækkefølge på stemmesedlen", en="Order on the ballot"), word(rules.ballot_order))
    yield _line(Text(da="Stemmelighed", en="Ties"), word(rules.ties))
    yield _line(
        Text(da="Ikke flere kandidater end pladser", en="No more candidates than seats"), word(rules.uncontested)
    )
    yield _line(Text(da="For få kandidater", en="Too few candidates"), word(rules.too_few))


def _council(mandate: Mandate) -> Iterator[Text]:
    yield Text(da="Hele rådet", en="The whole council")
    if mandate.qualification is not None:
        yield _line(Text(da="Medlemmer skal have", en="Asked of members"), mandate.qualification)
    yield _line(Text(da="Én plads til hver", en="One seat each"), yes_or_no(mandate.one_seat_each))
    for requirement in mandate.requirements:
        yield _requirement(requirement)
    if isinstance(mandate.term, Silence):
        yield _line(Text(da="Periode", en="Term"), NOT_STATED)
    else:
        yield from _term(mandate.term)
    yield from _officers(mandate)
    name, rule = Text(da="Beslutningsdygtighed", en="Quorum"), mandate.quorum
    yield _line(name, rule.text, rule.clause) if isinstance(rule, Rule) else _line(name, NOT_STATED)
    if isinstance(mandate.vacancies, Silence):
        yield _line(Text(da="Ledige pladser", en="Vacancies"), NOT_STATED)
    else:
        yield from _vacancies(mandate.vacancies)
    for duty in mandate.duties:
        yield _line(Text(da="Pligt", en="Duty"), _duty(duty), duty.clause)


def _duty(duty: Duty) -> Text:
    times = number_of(Seats(least=duty.at_least, most=duty.at_most))
    said = [
        _joined(duty.title, _plain(f" ({duty.id}): ")),
        Text(da=f"{times.da} om året", en=f"{times.en} a year"),
    ]
    if duty.together_with is not None:
        said.append(_joined(Text(da=", sammen med ", en=", together with "), duty.together_with))
    if duty.due is not None:
        said.append(_joined(_plain(", "), duty.due))
    return _joined(*said)


def _officers(mandate: Mandate) -> Iterator[Text]:
    officers = mandate.officers
    if isinstance(officers, Silence):
        yield _line(Text(da="Forperson", en="Chair"), NOT_STATED)
        return
    for rule in officers.offices:
        by = in_words(officers.chosen_by)
        yield _line(rule.title, Text(da=f"vælges af {by.da}", en=f"chosen by {by.en}"), officers.clause)
    yield _line(Text(da="Valgbare", en="Eligible"), in_words(officers.eligible))
    yield _line(Text(da="Afstemningen", en="The vote"), in_words(officers.ballot))
    for number, each in enumerate(officers.rounds, start=1):
        name = Text(da=f"Valgrunde {number}", en=f"Round {number}")
        ties = _joined(Text(da=", stemmelighed: ", en=", ties: "), word(each.ties))
        yield _line(name, _joined(word(each.majority_of), _plain(", "), word(each.among), ties))


def _term(term: Term) -> Iterator[Text]:
    length = NOT_STATED
    if term.municipal_period is True:
        length = Text(da="følger den kommunale valgperiode", en="follows the municipal election period")
    elif isinstance(term.years, int):
        length = Text(da=f"{term.years} år", en=f"{term.years} years")
    yield _line(Text(da="Periode", en="Term"), length, term.clause)
    yield _line(Text(da="Begynder", en="Begins"), in_words(term.begins))
    yield _line(Text(da="Til en efterfølger er der", en="Until a successor is there"), yes_or_no(term.until_successor))


def _vacancies(rule: Vacancies) -> Iterator[Text]:
    yield _line(Text(da="Ledige pladser", en="Vacancies"), rule.text, rule.clause)
    ends = NOT_STATED
    if not isinstance(rule.ends_with, Silence):
        words = [word(cause) for cause in rule.ends_with]
        ends = Text(da=", ".join(each.da for each in words), en=", ".join(each.en for each in words))
    yield _line(Text(da="Pladsen ophører ved", en="A seat ends with"), ends)
    if rule.absences is not None:
        yield _line(Text(da="Udeblivelser uden afbud", en="Unexcused absences"), _number(rule.absences))
    yield _line(Text(da="Hvem træder ind", en="Who steps in"), word(rule.successor))
    yield _line(Text(da="Samtykke fra", en="Consent of"), in_words(rule.consent))
    yield _line(Text(da="Når ingen er tilbage", en="When nobody is left"), word(rule.nobody_left))
    yield _line(Text(da="En tom suppleantplads", en="An empty place of an alternate"), word(rule.alternate_left))
    away = rule.substitution
    absent = (NOT_STATED, None) if isinstance(away, Silence) else (away.text, away.clause)
    yield _line(Text(da="Midlertidigt forfald", en="Temporary absence"), *absent)


def _requirement(requirement: Requirement) -> Text:
    bound = bound_in_words(requirement)
    who = Text(da="suppleanter: ", en="alternates: ") if requirement.applies_to is Role.ALTERNATE else _plain("")
    name = Text(da="Ønske", en="Preferred") if requirement.preferred else Text(da="Krav", en="Required")
    return _line(name, _joined(who, bound, _plain(": "), _named(requirement)), requirement.clause)


def _named(asked: Requirement | Share) -> Text:
    """What is asked of a person, and the word that a council file writes for it."""
    return _joined(asked.title, _plain("" if asked.property is None else f" ({asked.property})"))


def _wording(wording: Wording | Silence) -> Text:
    if isinstance(wording, Silence):
        return NOT_STATED
    version = wording.version
    return _joined(wording.text, Text(da=f" (ordlyd {version})", en=f" (wording {version})"))


def _number(number: int | Silence) -> Text:
    return NOT_STATED if isinstance(number, Silence) else _plain(str(number))


def _line(name: Text, words: Text, clause: Clause | None = None) -> Text:
    behind = "" if clause is None else f" [{where(clause)}]"
    return Text(da=f"  {name.da}: {words.da}{behind}", en=f"  {name.en}: {words.en}{behind}")


def _plain(words: str) -> Text:
    return Text(da=words, en=words)


def _joined(*parts: Text) -> Text:
    return Text(da="".join(part.da for part in parts), en="".join(part.en for part in parts))
