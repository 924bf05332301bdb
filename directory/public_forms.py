"""Forms that anybody may send: no account, no cookie, and still no flood.

Without a cookie there is nothing that another site could borrow, and no token to keep a
form from being sent by one: the browser's own word on where a form stood takes its
place. How often somebody sends, or tries to log in, is counted under a keyed hash that
is another one every day, so that no address is kept and two days cannot be put
together.
"""

import datetime
import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from directory.models import PublicFormUse
from directory.sql import fetch_row

FLOOD = (
    "Too many of these came in today, so we cannot take another one now. "
    "Please send it tomorrow. What you wrote is still below."
)
# What is said again in this time, word for word, is a second click or a reload.
AGAIN_WITHIN = datetime.timedelta(minutes=10)
EVERYBODY = "everybody"
COUNT_ONE = """
    INSERT INTO directory_publicformuse AS used (form, sender, used_on, times)
    VALUES (%s, %s, %s, 1)
    ON CONFLICT (form, sender, used_on) DO UPDATE SET times = used.times + 1
    RETURNING times
"""


def public_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let everybody read and send a form, but only from a page of this site.

    A form sent from elsewhere gets a page that says how to send it, with status 403.
    """

    @never_cache
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **values: object) -> HttpResponse:
        if request.method == "POST" and not is_from_this_site(request):
            # words of more than one word: what it would hurt to type again
            sent = map(str, request.POST.values())
            typed = [words for words in sent if " " in words.strip()]
            context = {"typed": typed}
            return render(request, "form_from_elsewhere.html", context, status=403)
        return view(request, *args, **values)

    return guarded


def is_from_this_site(request: HttpRequest) -> bool:
    """Say whether the browser sent a form from one of our own pages.

    ``Sec-Fetch-Site`` says so; a browser without it sends ``Origin`` with a form, or at
    least ``Referer``. One that says nothing is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    host = origin.partition("://")[2].partition("/")[0]
    return host.lower() == request.get_host().lower()


def may_send(
    request: HttpRequest, form: str, *, most: int = 5, most_of_all: int = 300
) -> bool:
    """Count one more sending of ``form`` and say whether it is within today's limits.

    ``most`` is what one sender may send a day, ``most_of_all`` what all may together:
    two queries, three on the first of a day.
    """
    today = timezone.localdate()
    sent = _count(form, sender_of(request, form, today), today)
    if sent > most:  # one who floods does not use up what others may send
        return False
    return _count(form, EVERYBODY, today) <= most_of_all


def may_try(request: HttpRequest, form: str, *, most: int) -> bool:
    """Count one more try of ``form`` and say whether it is within this hour's limit.

    ``most`` is what one sender may try in an hour by the clock: one query.
    """
    return _count(**_this_hour(request, form)) <= most


def take_back_try(request: HttpRequest, form: str) -> None:
    """Do not count the try of a moment ago: it was a good one."""
    tries = PublicFormUse.objects.filter(**_this_hour(request, form))
    tries.filter(times__gt=0).update(times=F("times") - 1)


def one_at_a_time(form: str, target: int) -> None:
    """Let the second of two clicks wait until the first one's transaction has ended.

    A lock on the row of the target would wait for imports.
    """
    name = f"{form} {target}"
    fetch_row("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _this_hour(request: HttpRequest, form: str) -> dict[str, Any]:
    """Return under what a sender is counted now; another hash every hour."""
    now = timezone.localtime()
    form = f"{form} {now:%H}"
    sender = sender_of(request, form, now.date())
    return {"form": form, "sender": sender, "used_on": now.date()}


def sender_of(request: HttpRequest, form: str, day: datetime.date) -> str:
    """Return what stands for a sender on one day, for one form: a keyed hash."""
    salt = f"directory.public_forms {form} {day}"
    return salted_hmac(salt, network_of(request), algorithm="sha256").hexdigest()


def network_of(request: HttpRequest) -> str:
    """Return a sender's address, of IPv6 the /64 that one household has.

    A proxy on our own network says by ``X-Forwarded-For`` for whom it asks: the last
    public address there is the one that it saw, whatever the sender wrote before it.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    near = _address(request.META.get("REMOTE_ADDR", ""))
    if near is not None and near.is_global:
        forwarded = []
    seen = (_address(text) for text in reversed(forwarded))
    address = next((one for one in seen if one and one.is_global), near)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address or "")


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address; a socket in a file has none."""
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _count(form: str, sender: str, used_on: datetime.date) -> int:
    """Count one more and return how many there are; the first forgets other days."""
    (times,) = fetch_row(COUNT_ONE, [form, sender, used_on])
    if times == 1 and sender == EVERYBODY:
        PublicFormUse.objects.exclude(used_on=used_on).delete()
    return int(times)
