"""Where probers deliver what they saw: no sign-in, a signature instead."""

import json
from http import HTTPStatus
from typing import NoReturn

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mespace.announcements.operations.take_delivery import NotOurs, OutOfOrder, take_delivery
from mespace.announcements.probe_rounds import MOST_BYTES, BadDelivery
from mespace.platform import clock
from mespace.web.gate import public

LONGEST_NUMBER = 10


@csrf_exempt
@public
@require_POST
def rounds(request: HttpRequest) -> HttpResponse:
    """The number of the newest round that is kept; 403 for what no known prober signed, 409 with what comes next."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdigit() or len(length) > LONGEST_NUMBER or int(length) > MOST_BYTES:
        return _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MOST_BYTES} bytes")
    body = request.read(int(length))
    try:
        value = json.loads(body, parse_constant=_no_constant)
        signature = request.headers.get("X-Signature", "")
        accepted = take_delivery(value=value, body=body, signature=signature, now=clock.now())
    except BadDelivery as wrong:
        return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(wrong))
    except (ValueError, RecursionError):
        return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "no JSON")
    except NotOurs:
        return _problem(HTTPStatus.FORBIDDEN, "not signed by a known prober")
    except OutOfOrder as refusal:
        return JsonResponse({"title": str(refusal), "expected": refusal.expected}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"accepted": accepted})


def _problem(status: HTTPStatus, title: str) -> JsonResponse:
    return JsonResponse(
        {"title": title, "status": status.value}, status=status, content_type="application/problem+json"
    )


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
