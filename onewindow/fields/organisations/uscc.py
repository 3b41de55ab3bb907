"""Unified social credit codes (GB 32100-2015): office, kind, place, the body's own nine characters, check character."""

from itertools import count

from onewindow.fields.organisations.models import Organisation

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, n, 31) for n in range(17)]
BODY_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def body_code(serial: int) -> str:
    """Eight digits and the check character of GB 11714."""
    body = f"{serial:08d}"
    left = 11 - sum(BODY_SIGNS.index(sign) * weight for sign, weight in zip(body, BODY_WEIGHTS, strict=True)) % 11
    return body + {10: "X", 11: "0"}.get(left, str(left))


def check_sign(first: str) -> str:
    return SIGNS[-sum(SIGNS.index(sign) * weight for sign, weight in zip(first, WEIGHTS, strict=True)) % 31]


def new_code(kind: str, district: str) -> str:
    """The next one that nobody has; the table refuses what another desk took at the same moment."""
    start = Organisation.unscoped.count() + 1
    for serial in count(start):
        first = f"{kind}{district}{body_code(serial)}"
        code = first + check_sign(first)
        if not Organisation.unscoped.filter(uscc=code).exists():
            return code
    raise AssertionError("count() does not end")
