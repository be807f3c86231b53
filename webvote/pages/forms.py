"""The forms of the officials and of the ballot box."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    FieldList,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

FIRST_YEAR, LAST_YEAR = 2000, 2100
_MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


# What WTForms finds wrong, in words of ours: it brings no Danish, and its English is for programmers.
_COMPLAINTS = {
    "Not a valid integer value.": _("Write a whole number."),
    "Not a valid date value.": _("Write a whole date: day, month and year."),
    "Not a valid datetime value.": _("Write a whole date and a time."),
    "Not a valid choice.": _("Choose one of the list."),
    "Number must be between %(min)s and %(max)s.": _("Write a number between %(min)s and %(max)s."),
    "Field cannot be longer than %(max)d characters.": _("Write at most %(max)d characters."),
    "'%(value)s' is not a valid choice for this field.": _("Choose only what is on the list."),
    "'%(value)s' are not valid choices for this field.": _("Choose only what is on the list."),
}


class _Complaints:
    """The catalogue that WTForms asks."""

    def gettext(self, text: str) -> str:
        return str(_COMPLAINTS.get(text, text))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


class OurForm(FlaskForm):  # type: ignore[misc]
    """A form that complains in the user's language."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: object) -> _Complaints:
            return _Complaints()


class _Needed(InputRequired):  # type: ignore[misc]
    """Something must be there, and not only spaces."""

    def __call__(self, form: object, field: Field) -> None:
        super().__call__(form, field)
        if isinstance(field.data, str) and not field.data.strip():
            field.errors = []
            raise StopValidation(self.message)


def _needed() -> InputRequired:
    return _Needed(message=_("Fill in this field."))


def _in_our_time(form: object, field: Field) -> None:
    """A year with a typing error is refused: the calendar has no local time for some of them."""
    if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(gettext("Write a year between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))


class Checkboxes(SelectMultipleField):  # type: ignore[misc]
    """Several ticks in one field."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class EmptyForm(OurForm):
    """Nothing but the proof that the form came from our page."""


class LogInForm(OurForm):
    """Name and password."""

    name = StringField(_("Name"), [_needed(), Length(max=200)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _("Password"), [_needed(), Length(max=1000)], render_kw={"autocomplete": "current-password"}
    )


class PlanForm(OurForm):
    """What an official decides about an election before anything else."""

    name = StringField(_("Name of the election"), [_needed(), Length(max=200)])
    description = TextAreaField(_("Description"), [Optional(), Length(max=2000)])
    question = StringField(_("Question on the ballot"), [_needed(), Length(max=200)])
    max_marks = IntegerField(_("How many people a voter may choose"), [_needed(), NumberRange(min=1, max=100)])
    blank_allowed = BooleanField(_("Voters may vote blank"))
    opens_at = DateTimeLocalField(_("Planned opening"), [_needed(), _in_our_time], format=_MOMENT)
    closes_at = DateTimeLocalField(_("Planned closing"), [_needed(), _in_our_time], format=_MOMENT)


class NewElectionForm(PlanForm):
    """The plan, and which seats of which council it fills."""

    seats = SelectField(_("Which seats are elected"), [_needed()])
    council = SelectField(_("Council"), [Optional()])


class CandidateForm(OurForm):
    """A person who stands."""

    name = StringField(_("Name, as on the ballot"), [_needed(), Length(max=200)])
    presentation = TextAreaField(_("Presentation"), [Optional(), Length(max=1000)])
    properties = Checkboxes(_("The candidate has declared"), [Optional()])


class RollForm(OurForm):
    """A file of electors."""

    roll = FileField(_("Roll (CSV file)"), [FileRequired(message=_("Choose a file."))])


class RollPreviewForm(OurForm):
    """The same file again, after it was looked at. Nothing was stored in between."""

    content = HiddenField(validators=[_needed()])


class DoorForm(OurForm):
    """Cards for a meeting."""

    number = IntegerField(_("Number of cards"), [_needed(), NumberRange(min=1, max=5000)])


class TrusteeForm(OurForm):
    """A trustee's name."""

    name = StringField(_("Name of the trustee"), [_needed(), Length(max=200)])


class GroupForm(OurForm):
    """A group of trustees: what is public of their keys, and who they are."""

    parameters = FileField(_("The group's public parameters"), [FileRequired(message=_("Choose a file."))])
    names = TextAreaField(_("Names of the members, one on each line"), [_needed(), Length(max=5000)])


class OverrideForm(OurForm):
    """A decision to open although too few keys were shown."""

    decided_by = StringField(_("Who decided it"), [_needed(), Length(max=200)])
    reason = TextAreaField(_("Why"), [_needed(), Length(max=2000)])


class TypeNameForm(OurForm):
    """The election's name, typed by hand before a step that cannot be taken back."""

    typed_name = StringField(_("Type the name of the election"), [_needed()])

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        self._name = name
        super().__init__(*args, **kwargs)

    def validate_typed_name(self, field: StringField) -> None:
        """Ask for the same words; capital letters and spaces do not matter."""
        if " ".join((field.data or "").casefold().split()) != " ".join(self._name.casefold().split()):
            raise ValidationError(gettext("This is not the name of the election: %(name)s", name=self._name))


class SealForm(TypeNameForm):
    """The name, and what was on the page when it was typed: what is sealed never changes."""

    shown = HiddenField()


class LotForm(OurForm):
    """A lot as it was drawn."""

    order = FieldList(SelectField(_("Drawn")))
    method = StringField(_("How the lot was drawn"), [_needed(), Length(max=500)])
    drawn_by = StringField(_("Drawn by"), [_needed(), Length(max=200)])
    witnesses = TextAreaField(_("Witnesses, one on each line"), [_needed(), Length(max=2000)])
    drawn_at = DateTimeLocalField(_("Drawn at"), [_needed(), _in_our_time], format=_MOMENT)


class SeedForm(OurForm):
    """A seed that was published, from which the lot follows."""

    seed = StringField(_("Seed, as it was published"), [_needed(), Length(max=500)])
    source = StringField(
        _("Where and when it was announced which text would be the seed"), [_needed(), Length(max=500)]
    )


class GoneForm(OurForm):
    """A candidate who takes no place."""

    candidate = SelectField(_("Candidate"), [_needed()])
    why = SelectField(_("What happened"), [_needed()])
    decision = StringField(_("Decision behind it (who, when)"), [_needed(), Length(max=500)])


class CertifyForm(OurForm):
    """The election board's signature."""

    decided_on = DateField(_("Date of certification"), [_needed(), _in_our_time])
    meeting = StringField(_("Certified by (the election board, and who was present)"), [_needed(), Length(max=200)])
    remarks = TextAreaField(_("Remarks"), [Optional(), Length(max=4000)])


class ConfirmForm(OurForm):
    """The municipal council's decision."""

    decided_on = DateField(_("Date of the decision"), [_needed(), _in_our_time])
    meeting = StringField(_("Meeting and item on the agenda"), [_needed(), Length(max=200)])
    decision = TextAreaField(_("The decision, in its own words"), [_needed(), Length(max=4000)])


class AppointForm(OurForm):
    """A person on a seat that is not elected."""

    place = SelectField(_("Seat"), [_needed()])
    person = StringField(_("Name of the person"), [_needed(), Length(max=200)])
    properties = Checkboxes(_("What is known of the person"), [Optional()])
    decision = StringField(_("Decision behind it (who, when)"), [_needed(), Length(max=500)])
    since = DateField(_("Member from"), [_needed(), _in_our_time])


class CouncilForm(OurForm):
    """A council of which nobody is elected."""

    mandate = SelectField(_("Mandate"), [_needed()])
    name = StringField(_("Name of the council"), [_needed(), Length(max=200)])


class NominationForm(OurForm):
    """Whom a body proposed."""

    group = SelectField(_("Seats"), [_needed()])
    nominated_by = StringField(_("Proposed by"), [_needed(), Length(max=200)])
    nominated_on = DateField(_("Proposed on"), [_needed(), _in_our_time])
    women = IntegerField(_("Women proposed"), [_needed(), NumberRange(min=0, max=100)])
    men = IntegerField(_("Men proposed"), [_needed(), NumberRange(min=0, max=100)])
    appointed = Checkboxes(_("Who of them got a seat"), [_needed()])
    reason = TextAreaField(_("Reason, if not as many women as men were proposed"), [Optional(), Length(max=500)])


class FindBallotForm(OurForm):
    """A ballot's mark. Nothing is changed by it, so no cookie with a token follows whoever asks."""

    class Meta(OurForm.Meta):
        csrf = False

    tracker = StringField(_("The mark on your receipt"), [_needed(), Length(max=200)])
