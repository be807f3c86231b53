"""Keys and cards: trustees and their links, the PDF of the cards, the seal."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webvote.access import official, takes_files
from webvote.pages.forms import EmptyForm, GroupForm, SealForm, TrusteeForm, TypeNameForm
from webvote.pages.helpers import outside_address, signed, told_on
from webvote.pages.printing import print_cards
from webvote.phases import Phase
from webvote.services import services
from webvote.store.models import Election, Trustee
from webvote.use_cases.credentials import keep_public_credentials, make_codes, order_cards
from webvote.use_cases.definition import lacks_before_sealing, seal, what_is_sealed
from webvote.use_cases.rehearsal import keys_awaited
from webvote.use_cases.trustees import (
    add_group,
    add_trustee,
    has_every_key,
    holders,
    read_group,
    remove_trustee,
    renew_code,
)

blueprint = Blueprint("keys", __name__, url_prefix="/official/e/<slug>")


@blueprint.route("/trustees", methods=["GET", "POST"])
@official
def trustees(slug: str) -> ResponseReturnValue:
    """Name trustees; the link of each is shown once, here, and nowhere else."""
    form = TrusteeForm()
    if form.validate_on_submit():
        with told_on(form.name) as told, services().store.writing() as work:
            holder, code = add_trustee(work, signed(), slug, form.name.data)
        if told.fine:
            return _with_links(slug, (holder, code))
    return _trustees_page(slug, form, GroupForm(formdata=None))


@blueprint.post("/trustees/group")
@official
@takes_files
def group(slug: str) -> ResponseReturnValue:
    """Name the members of a group that made its keys away from here; their links are shown once."""
    form = GroupForm()
    if form.validate_on_submit():
        of_names = dict.fromkeys(("group-names", "trustee-named-already", "trustee-long-name"), form.names)
        with told_on(form.parameters, of_names) as told:
            read = read_group(form.parameters.data.read())
            names = [line for line in form.names.data.splitlines() if line.strip()]
            with services().store.writing() as work:
                members = add_group(work, signed(), slug, read, names)
        if told.fine:
            return _with_links(slug, *members)
    return _trustees_page(slug, TrusteeForm(formdata=None), form)


@blueprint.post("/trustees/<int:number>/link")
@official
def new_link(slug: str, number: int) -> ResponseReturnValue:
    """A new link for a trustee; the old one stops working."""
    if not EmptyForm().validate_on_submit():
        return redirect(url_for("keys.trustees", slug=slug))
    with services().store.writing() as work:
        holder, code = renew_code(work, signed(), slug, number)
    return _with_links(slug, (holder, code))


@blueprint.post("/trustees/<int:number>/remove")
@official
def remove(slug: str, number: int) -> ResponseReturnValue:
    """Take back the naming of a trustee."""
    if EmptyForm().validate_on_submit():
        with services().store.writing() as work:
            remove_trustee(work, signed(), slug, number)
    return redirect(url_for("keys.trustees", slug=slug))


@blueprint.route("/cards", methods=["GET", "POST"])
@official
def cards(slug: str) -> ResponseReturnValue:
    """Make the cards: they leave in this answer and are forgotten with it."""
    found = _election(slug)
    # Cards that may be printed already become void: that is asked for by name, never by a second click.
    again = found.cards_made_at is not None and found.phase is Phase.PREPARING
    form = TypeNameForm(found.name) if again else EmptyForm()
    if not form.validate_on_submit():
        return render_template("official/cards.html", election=found, form=form)
    with services().store.reading() as work:
        order = order_cards(work, slug)
    fresh = make_codes(order)
    # Printed before the earlier cards become void, so that a fault of the printing changes nothing.
    document = print_cards(order, fresh.codes)
    with services().store.writing() as work:
        keep_public_credentials(work, signed(), slug, order, fresh.public)
    return Response(
        document,
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="cards-{slug}.pdf"',
            # A proxy that buffers would put the codes into a temporary file.
            "X-Accel-Buffering": "no",
        },
    )


@blueprint.route("/seal", methods=["GET", "POST"])
@official
def seal_page(slug: str) -> ResponseReturnValue:
    """Seal the election, after reading what that means."""
    form = SealForm(_election(slug).name)
    if form.validate_on_submit():
        with told_on(form.typed_name) as told, services().store.writing() as work:
            seal(work, signed(), slug, shown=form.shown.data)
        if told.fine:
            flash(gettext("The election is sealed. Its record is public from now on."), "success")
            return redirect(url_for("officials.tasks", slug=slug))
    with services().store.reading() as work:
        election = work.elections.get(slug)
        lacks = lacks_before_sealing(work, election)
        awaited = keys_awaited(election) if has_every_key(election) else ()
        form.shown.data = what_is_sealed(work, election)
    shown = {"holders": holders(election), "lacks": lacks, "awaited": awaited}
    return render_template("official/seal.html", election=election, form=form, **shown)


def _with_links(slug: str, *named: tuple[Trustee, str]) -> ResponseReturnValue:
    links = [
        (holder.name, f"{outside_address(url_for('trustee.page', slug=slug, number=holder.number))}#{code}")
        for holder, code in named
    ]
    return render_template("official/trustee_links.html", election=_election(slug), links=links)


def _trustees_page(slug: str, form: TrusteeForm, group_form: GroupForm) -> ResponseReturnValue:
    election = _election(slug)
    return render_template(
        "official/trustees.html",
        election=election,
        holders=holders(election),
        form=form,
        group_form=group_form,
        empty=EmptyForm(),
    )


def _election(slug: str) -> Election:
    with services().store.reading() as work:
        return work.elections.get(slug)
