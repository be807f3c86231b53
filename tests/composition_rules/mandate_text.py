"""A mandate written as TOML, so that the parser reads it back: as much of the language as the random mandates use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from composition_rules.mandate import (
    Adoption,
    AlternateKind,
    Alternates,
    Bound,
    Clause,
    Duty,
    Mandate,
    Requirement,
    SeatGroup,
    Seats,
    Share,
    Silence,
    Text,
)


def written(mandate: Mandate) -> bytes:
    """The mandate in a file, its groups and their requirements under headings of their own."""
    head: dict[str, object] = {
        "language": 1,
        "id": mandate.id,
        "title": _text(mandate.title),
        "municipality": mandate.municipality,
        "body": _text(mandate.body),
        "legal_basis": mandate.legal_basis,
        **{key: _silent(getattr(mandate, key)) for key in ("in_force", "quorum", "vacancies", "term", "officers")},
        "adopted": _adopted(mandate.adoption),
    }
    composition: dict[str, object] = {
        "seats": _number(mandate.declared_seats),
        "alternates": _number(mandate.declared_alternates),
        "one_seat_each": mandate.one_seat_each,
        "qualification": None if mandate.qualification is None else _text(mandate.qualification),
        "clause": _clause(mandate.composition),
    }
    lines = [*_keys(head), "[composition]", *_keys(composition)]
    for source in mandate.sources:
        lines += ["[[source]]", *_keys({"id": source.id, "title": source.title, "file": source.file})]
    for group in mandate.groups:
        lines += ["[[group]]", *_keys(_group(group))]
        for asked in group.requirements:
            lines += ["[[group.requirement]]", *_keys(_requirement(asked))]
        for share in group.shares:
            lines += ["[[group.share]]", *_keys(_share(share))]
    for asked in mandate.requirements:
        lines += ["[[requirement]]", *_keys(_requirement(asked))]
    for duty in mandate.duties:
        lines += ["[[duty]]", *_keys(_duty(duty))]
    return "\n".join(lines).encode()


def _group(group: SeatGroup) -> dict[str, object]:
    return {
        "id": group.id,
        "title": _text(group.title),
        "seats": _number(group.seats),
        "as_many_as": group.as_many_as,
        "alternates": _alternates(group.alternates),
        "route": group.route,
        "filled_by": group.filled_by if isinstance(group.filled_by, Silence) else _text(group.filled_by),
        "qualification": None if group.qualification is None else _text(group.qualification),
        "drawn_from": None if group.drawn_from is None else _text(group.drawn_from),
        "clause": _clause(group.clause),
    }


def _alternates(alternates: Alternates) -> dict[str, object]:
    left_out = alternates.per_member is not None or alternates.kind is AlternateKind.UNSTATED
    return {
        "kind": alternates.kind,
        "number": None if left_out else _number(alternates.number),
        "per_member": None if alternates.per_member is None else _number(alternates.per_member),
        "order": alternates.order,
        "at_most_members": True if alternates.at_most_members else None,
    }


def _requirement(asked: Requirement) -> dict[str, object]:
    return {
        asked.bound: True if asked.bound in (Bound.MAJORITY, Bound.ALL) else asked.number,
        "applies_to": asked.applies_to,
        "property": asked.property,
        "title": _text(asked.title),
        "preferred": True if asked.preferred else None,
        "clause": _clause(asked.clause),
    }


def _share(share: Share) -> dict[str, object]:
    return {"seats": share.seats, "property": share.property, "title": _text(share.title)}


def _duty(duty: Duty) -> dict[str, object]:
    return {
        "id": duty.id,
        "title": _text(duty.title),
        "at_least": duty.at_least,
        "at_most": duty.at_most,
        "together_with": None if duty.together_with is None else _text(duty.together_with),
        "due": None if duty.due is None else _text(duty.due),
        "clause": _clause(duty.clause),
    }


def _adopted(adoption: Adoption | Silence) -> object:
    if isinstance(adoption, Silence):
        return adoption
    return {"on": adoption.on, "by": _text(adoption.by), "clause": _clause(adoption.clause)}


def _clause(clause: Clause) -> dict[str, object]:
    return {"source": clause.source.id, "lines": [clause.first_line, clause.last_line], "text": clause.text}


def _text(text: Text) -> dict[str, object]:
    return {"da": text.da, "en": text.en}


def _number(seats: Seats | Silence) -> object:
    if isinstance(seats, Silence):
        return seats
    if seats.open:
        return "open"
    return seats.least if seats.fixed else {"least": seats.least, "most": seats.most}


def _silent(rule: object) -> Silence:
    if not isinstance(rule, Silence):
        raise TypeError(rule)  # a rule that this writer does not know
    return rule


def _keys(values: Mapping[str, object]) -> Iterator[str]:
    return (f"{key} = {_value(value)}" for key, value in values.items() if value is not None)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_keys(value))} }}"
    if isinstance(value, list | bool | int | str):
        return json.dumps(value, ensure_ascii=False)
    return '"unstated"' if isinstance(value, Silence) else str(value)  # a date
