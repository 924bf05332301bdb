"""Public pages of specializations, doctors and hospitals."""

from itertools import groupby

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory import compare_page, doctor_page, parameters
from directory.along import Along
from directory.finder import page as finder_page
from directory.finder.choices import states_of
from directory.finder.doctor_list import list_context
from directory.finder.filters import read_filters
from directory.finder.ladder import specialization_with_rungs
from directory.finder.looking_up import look_up
from directory.finder.pagination import Cursor
from directory.finder.searching import NotThereError, Search
from directory.guides import guides_about
from directory.hospitals import page as hospital_page
from directory.hospitals.meant import hospitals_meant, words_of_hospitals
from directory.hospitals.named import hospitals_named
from directory.models import Organization, Practitioner, Specialization
from directory.one_release import of_one_release
from directory.tree import by_letter, tree_of
from directory.values.states import STATES
from directory.values.unit_numbers import hospital_number


@require_safe
def specializations(request: HttpRequest) -> HttpResponse:
    """Show the tree of specializations and the same from A to Z."""
    found = list(Specialization.objects.listed().with_counts().with_is_coded())
    context = {
        "families": tree_of(found),
        "letters": by_letter(found),
        "crumbs": [],
        "shows_demo": any(one.counts_demo for one in found),
    }
    return render(request, "directory/specializations.html", context)


@require_safe
def specialization(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a specialization is, or list those of a family."""
    rungs = Specialization.objects.listed().with_counts().with_is_coded()
    found = rungs.select_related("parent__parent").filter(slug=slug).first()
    if found is None:
        return redirect(renamed(slug), permanent=True)
    children = list(rungs.filter(parent=found))
    parent = found.parent
    guides = guides_about(found)
    context = {
        "specialization": found,
        "children": children,
        "counted": found.counted(found.doctors),
        "parent_doctors_url": parent_doctors_url(found),
        "states": states_of(Search(found)) if found.doctors else [],
        "guides": guides,
        "crumbs": [
            ("Specializations", reverse("directory:specializations")),
            *([(parent.name, parent.get_absolute_url())] if parent else []),
        ],
        "shows_demo": any(one.counts_demo for one in (found, *children))
        or any(guide.is_demo for guide in guides),
    }
    family = "directory/family.html"
    template = family if found.is_family else "directory/specialization.html"
    return render(request, template, context)


def renamed(slug: str) -> Specialization:
    """Return the specialization that had this slug before, or raise Http404."""
    return get_object_or_404(Specialization.objects.listed(), former_slugs__slug=slug)


def parent_doctors_url(specialization: Specialization) -> str:
    """Return where the doctors one rung up are listed, or an empty string."""
    parent = specialization.parent
    return "" if parent is None or parent.is_family else Search(parent).url()


@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """Offer the ways to a doctor; a filled form leads to its list."""
    slug = parameters.read(request.GET, "specialization", parameters.SLUG)
    state = parameters.read(request.GET, "state", parameters.STATE).upper()
    if state and state not in STATES:
        raise Http404("no such state")
    form = finder_page.read(request.GET)
    if slug:
        chosen = Specialization.objects.with_doctors().by_slug({slug})
        if slug not in chosen:
            raise Http404("no such specialization")
        search = form.search(chosen[slug], state)
        if search is not None:
            return private(redirect(search.url()), search.along)
    try:
        context = finder_page.finder_context(form, slug, state)
    except NotThereError as error:
        return private(not_there(request, error), form.along or form.apart_from)
    response = render(
        request,
        "directory/finder.html",
        context,
        status=400 if form.errors else 200,
    )
    return private(response, form.along or form.apart_from)


@require_safe
@of_one_release
def doctors(
    request: HttpRequest, specialization: str, state: str = "", city: str = ""
) -> HttpResponse:
    """List the doctors of a specialization, narrowed by place and much else."""
    found, rungs = specialization_with_rungs(specialization)
    if found is None:
        parts = [renamed(specialization).slug, state.lower(), city]
        args = [part for part in parts if part]
        now = reverse("directory:doctors", args=args, query=request.GET)
        return HttpResponsePermanentRedirect(now)
    if found.is_family:  # nobody is of a family: its page leads on
        return redirect(found)
    after = Cursor.read(request.GET, "after")
    before = Cursor.read(request.GET, "before")
    filters = read_filters(request.GET)
    typed = filters.typed
    whom = typed["apart_from"] or filters.values["compare"] or typed["near"]
    if state and filters.values.get("near"):  # a circle is an area of its own
        wrong = {name: typed[name] for name in filters.errors}
        url = Search(found, **filters.values).url(**wrong)
        return private(redirect(url), whom)
    try:
        asked = look_up(found, rungs, state, city, filters)
        context = list_context(asked, after=after, before=before)
    except NotThereError as error:
        return private(not_there(request, error), whom)
    status = 400 if filters.errors else 200
    response = render(request, "directory/doctors.html", context, status=status)
    return private(response, whom)


def not_there(request: HttpRequest, error: NotThereError) -> HttpResponse:
    """Say that there is no such page, with the ways that are near it."""
    return render(request, "404.html", {"ways": error.ways}, status=404)


def private(response: HttpResponse, chosen: object) -> HttpResponse:
    """Tell no page that follows what somebody chose, if they did.

    No cache on the way keeps the address either: config.lasting_answers sees to that.
    """
    if chosen:
        response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def no_number(_request: HttpRequest, lists: str) -> HttpResponse:
    """Lead whoever shortened the address of a doctor or a hospital to where all are."""
    return redirect(lists)


@require_safe
@of_one_release
def doctor(request: HttpRequest, npi: str, name_slug: str = "") -> HttpResponse:
    """Show one doctor; whoever is retired is gone, with the way on."""
    along = Along.read(request.GET)
    found = Practitioner.objects.filter(npi=npi).first()
    if found is None or found.retired_at:
        replacement = Practitioner.objects.replacing(npi)
        if replacement is not None:
            url = replacement.get_absolute_url() + along.query
            return HttpResponseRedirect(url, status=301)
    if found is None:
        raise Http404("no such doctor")
    if found.retired_at:
        context = {
            "name": found.full_name,
            "ways": doctor_page.ways(found, along),
            "shows_demo": found.is_demo,
        }
        return private(render(request, "410.html", context, status=410), along)
    if name_slug != found.name_slug:
        url = found.get_absolute_url() + along.query
        return HttpResponseRedirect(url, status=301)
    context = doctor_page.doctor_context(found, along)
    return private(render(request, "directory/doctor.html", context), along)


@require_safe
@of_one_release
def compare(request: HttpRequest) -> HttpResponse:
    """Show up to four doctors side by side; the address holds who they are."""
    context = compare_page.compare_context(request.GET)
    status = 400 if context["near_error"] else 200
    response = render(request, "directory/compare.html", context, status=status)
    return private(response, "chosen doctors")


@require_safe
def hospitals(request: HttpRequest) -> HttpResponse:
    """Find a hospital by name, or lead to those of each state."""
    named = hospitals_named(parameters.typed(request.GET, "name"))
    along = Along.read(request.GET)
    is_nobody = bool(named.name) and not (named.found or named.error)
    meant = hospitals_meant(named.name, words_of_hospitals()) if is_nobody else []
    context = {
        "named": named,
        "meant": [(one, along.by_name("directory:hospitals", one)) for one in meant],
        "states": hospital_page.states(along),
        "along": along,
        "crumbs": [],
        "shows_demo": any(one.is_demo for one in named.found),
    }
    status = 400 if named.error else 200
    response = render(request, "directory/hospitals.html", context, status=status)
    return private(response, along)


@require_safe
def hospitals_in_state(request: HttpRequest, state: str) -> HttpResponse:
    """List a state's hospitals by city."""
    found = list(Organization.objects.listed().hospitals().in_state(state))
    if not found:
        raise Http404("no hospital in this state")
    along = Along.read(request.GET)
    cities = groupby(found, key=lambda one: one.location and one.location.place)
    context = {
        "state": STATES[state],
        "total": f"{len(found):,}",
        "cities": [(place, list(group)) for place, group in cities],
        "along": along,
        "crumbs": [("Hospitals", reverse("directory:hospitals") + along.query)],
    }
    response = render(request, "directory/hospitals_in_state.html", context)
    return private(response, along)


@require_safe
@of_one_release
def hospital(request: HttpRequest, ccn: str, name_slug: str = "") -> HttpResponse:
    """Show one hospital with its doctors by specialization; a unit leads to its own."""
    along = Along.read(request.GET)
    hospitals = Organization.objects.hospitals().with_place()
    found = hospitals.filter(ccn=ccn).first()
    if found is None:
        found = get_object_or_404(hospitals, ccn=hospital_number(ccn))
    found = found.same_as or found  # the number was found to mean that one
    if (found.ccn, found.name_slug) != (ccn, name_slug) and not found.retired_at:
        return HttpResponseRedirect(found.get_absolute_url() + along.query, status=301)
    if found.retired_at:
        context = {"name": found.name, "ways": hospital_page.ways(found, along)}
        return private(render(request, "410.html", context, status=410), along)
    context = hospital_page.hospital_context(found, along)
    return private(render(request, "directory/hospital.html", context), along)
