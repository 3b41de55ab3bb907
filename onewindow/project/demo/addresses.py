"""Real communities, invented doors."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from onewindow.kernel.places.codes import district_of, is_village, street_of
from onewindow.kernel.places.divisions import read_divisions

ROADS = ("康宁", "和顺", "福源", "春晖", "安泰", "永乐", "民生", "景明", "长青", "德厚", "文昌", "怡和")
KINDS = ("路", "里", "道", "胡同")


@dataclass(frozen=True, slots=True)
class Community:
    code: str
    name: str
    street: str
    district: str

    @property
    def is_urban(self) -> bool:
        return not is_village(self.code)


@cache
def communities_by_district() -> dict[str, Sequence[Community]]:
    rows = read_divisions()
    names = {row["code"]: row["name"] for row in rows}
    found: dict[str, list[Community]] = {}
    for code in (row["code"] for row in rows if row["level"] == "community"):
        district = district_of(code)
        place = Community(code, names[code], names[street_of(code)], names[district])
        found.setdefault(district, []).append(place)
    return {district: tuple(places) for district, places in found.items()}


def community(code: str) -> Community:
    return next(each for each in communities_by_district()[district_of(code)] if each.code == code)


def address_in(rng: Random, place: Community) -> str:
    home = place.name.removesuffix("居委会").removesuffix("村委会")
    if place.is_urban:
        road = f"{rng.choice(ROADS)}{rng.choice(KINDS)}{rng.randint(1, 180)}号"
        door = f"{rng.randint(1, 24)}号楼{rng.randint(1, 5)}门{rng.randint(1, 18)}{rng.randint(1, 4):02d}室"
        return f"{place.district}{place.street}{home.removesuffix('社区')}社区{road}{door}"
    return f"{place.district}{place.street}{home}村{rng.randint(1, 9)}区{rng.randint(1, 30)}排{rng.randint(1, 20)}号"
