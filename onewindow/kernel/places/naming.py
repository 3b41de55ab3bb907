"""Places in words, from the district down: 和平区 劝业场街道 花园路社区居委会."""

from collections.abc import Iterable

from onewindow.kernel.places.codes import district_of, street_of
from onewindow.kernel.places.models import Place


def place_path(code: str) -> str:
    return place_paths([code]).get(code, "")


def place_paths(codes: Iterable[str]) -> dict[str, str]:
    """For a whole list of places in one query. A code that is not known is left out."""
    lines = {code: list(dict.fromkeys(filter(None, (district_of(code), street_of(code), code)))) for code in codes}
    wanted = {each for line in lines.values() for each in line}
    names = dict(Place.objects.filter(code__in=wanted).values_list("code", "name"))
    return {
        code: " ".join(names[each] for each in line if each in names) for code, line in lines.items() if code in names
    }
