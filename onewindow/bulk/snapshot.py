"""
The city's own database as a population folder: its people, who lives with whom, what registers and decided cases say.
Read by ranges of households through ADBC, in one transaction if nothing breaks it off: after a crash the ranges that are left
are of a later moment, which the layout says. Names and sealed fields are never read: a person's key is the row's number.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import adbc_driver_postgresql.dbapi  # type: ignore[import-untyped]
import adbc_driver_sqlite.dbapi
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from onewindow.bulk.city.drawing import Array
from onewindow.bulk.city.folder import save_layout
from onewindow.bulk.city.making import PART_HOUSEHOLDS
from onewindow.bulk.city.shares import names
from onewindow.bulk.columns import Columns, save
from onewindow.bulk.goes import Goes, alone_in
from onewindow.bulk.household_types import types_of
from onewindow.rules.system import system

SQL = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).with_name("snapshot_sql").glob("*.sql")}
ROLE_OF_RELATION = {"1": 1, "2": 2, "3": 2, "5": 3}
"""First digit of GB/T 4761 → index of the law's role; whoever heads the household is the applicant, 0."""
OTHER, NOBODY = 4, -1
OF_DATABASE = {"birth", "sex", "place_is_urban"}
TEKUN = "receives_tekun"


@dataclass
class Taken:
    households: int = 0
    persons: int = 0
    not_whole: int = 0
    """Values that are no whole number, or too large for their item: left out."""
    parts: list[dict[str, Any]] = field(default_factory=list)
    resumed_at: list[int] = field(default_factory=list)
    """Before which range it was taken up again."""

    def add(self, told: Mapping[str, Any]) -> None:
        """`told`: of one range: its part's name, empty where nobody lives any more, sizes, and values left out."""
        if told["name"]:
            self.parts.append({each: told[each] for each in ("name", "households", "persons")})
        self.households += told["households"]
        self.persons += told["persons"]
        self.not_whole += told["not_whole"]


@contextmanager
def opened(database: str) -> Iterator[Any]:
    """`postgresql://…`, or the path of a SQLite file. One transaction: what is written meanwhile is not seen."""
    if database.startswith("postgres"):
        link = adbc_driver_postgresql.dbapi.connect(database.replace("postgres://", "postgresql://", 1))
        begin = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
    else:
        link = adbc_driver_sqlite.dbapi.connect(f"file:{database}?mode=ro")
        begin = "SELECT COUNT(*) FROM people_household"
    with closing(link):
        with closing(link.cursor()) as cursor:
            cursor.execute(begin)
        yield link


def asked(link: Any, query: str, *values: object) -> pa.Table:
    with closing(link.cursor()) as cursor:
        cursor.execute(SQL[query], values or None)
        return cursor.fetch_arrow_table()


def take(
    database: str,
    month: str,
    into: Path,
    *,
    part_households: int = PART_HOUSEHOLDS,
    tekun_benefits: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Taken:
    """
    The city on the first day of the month. `tekun_benefits`: codes of the grants whose holders the state keeps. Into a folder
    where this was broken off, only what is missing is taken; raises OtherPlan if it was begun for another month,
    InUse while another process writes there.
    """
    into.mkdir(parents=True, exist_ok=True)
    with alone_in(into), opened(database) as link:
        goes, taken = Goes.of(into), Taken()
        if goes.plan:
            goes.must_be(month=month, part_households=part_households, tekun_benefits=list(tekun_benefits))
            goes.begin_again()
        else:
            goes.begin(plan_of(link, month, part_households, tekun_benefits))
        for told in goes.done:
            taken.add(told)
        taken.resumed_at = goes.plan["resumed_at"]
        districts = goes.done[-1]["districts"] if goes.done else names("districts")
        ranges = goes.plan["ranges"]
        for number, (first, last) in enumerate(ranges[len(goes.done) :], len(goes.done)):
            part = Part(link, month, goes.plan["wanted"], districts, tekun_benefits)
            kept = keep(part.between(first, last), f"part-{number:05}", into)
            told = kept | {"not_whole": part.not_whole, "districts": districts}
            goes.add(told)
            taken.add(told)
            if progress:
                progress(taken.persons, len(ranges) - number - 1)
        carried = {"district": districts, "household_type": names("household_types")}
        resumed = f", taken up again before ranges {taken.resumed_at}" if taken.resumed_at else ""
        save_layout(into, month, taken.parts, carried, f"snapshot{resumed}")
        goes.end()
    return taken


def plan_of(link: Any, month: str, part_households: int, tekun_benefits: Sequence[str]) -> dict[str, Any]:
    wanted = items_of(link)
    if tekun_benefits and TEKUN not in wanted["person"]:
        wanted["person"].append(TEKUN)
    return {
        "month": month, "part_households": part_households, "tekun_benefits": list(tekun_benefits), "wanted": wanted,
        "ranges": list(ranges_of(link, part_households)), "resumed_at": [],
    }  # fmt: skip


def keep(columns: tuple[Columns, Columns] | None, name: str, into: Path) -> dict[str, Any]:
    if columns is None:
        return {"name": "", "households": 0, "persons": 0}
    households, persons = columns
    save(households, into / f"{name}.households.arrow")
    save(persons, into / f"{name}.persons.arrow")
    return {"name": name, "households": len(households["household"]), "persons": len(persons["person"])}


def ranges_of(link: Any, part_households: int) -> Iterator[tuple[int, int]]:
    keys = asked(link, "households").column(0).to_numpy()
    for at in range(0, len(keys), part_households):
        of_part = keys[at : at + part_households]
        yield int(of_part[0]), int(of_part[-1])


def inputs_of(entity: str) -> set[str]:
    """Days that only one application tells of, such as that of a cremation, are no facts about the city."""
    own = {name: each for name, each in system().variables.items() if each.entity.key == entity and not each.formulas}
    return {name for name, each in own.items() if name in OF_DATABASE or each.value_type in (bool, int)}


def items_of(link: Any) -> dict[str, list[str]]:
    """Inputs of the law of which the city knows anything: no column is written for the others."""
    of_persons, of_households = set(asked(link, "items").column("item").to_pylist()), set()
    for text in asked(link, "all_facts").column("facts").to_pylist():
        facts = json.loads(text)
        of_households |= set(facts.get("household", {}))
        for values in facts.get("people", {}).values():
            of_persons |= set(values)
    return {
        "person": sorted((of_persons & inputs_of("person")) - OF_DATABASE),
        "household": sorted((of_households & inputs_of("household")) - OF_DATABASE),
    }


@dataclass
class Part:
    link: Any
    month: str
    wanted: Mapping[str, Sequence[str]]
    districts: list[str]
    tekun_benefits: Sequence[str]
    not_whole: int = 0

    def between(self, first: int, last: int) -> tuple[Columns, Columns] | None:
        """Households and persons; None where nobody lives any more."""
        people = asked(self.link, "people", first, last, f"{self.month}-01")
        if not len(people):
            return None
        home = people["household"].to_numpy()
        persons = self._persons(people, home)
        households = self._households(people, home, persons)
        self._write_over(first, last, households, persons)
        self._keep_tekun(first, last, persons)
        return households, persons

    def _keep_tekun(self, first: int, last: int, persons: Columns) -> None:
        place_of = Places(persons["person"])
        for benefit in self.tekun_benefits:
            kept = asked(self.link, "kept_as_tekun", first, last, self.month, benefit)["person"].to_numpy()
            at = place_of.of(kept) if len(kept) else kept
            persons[TEKUN][at[at != NOBODY]] = 1

    def _persons(self, people: pa.Table, home: Array) -> Columns:
        births = people["birth"].cast(pa.date32()).to_numpy().astype("datetime64[D]")
        return {
            "person": people["person"].to_numpy(),
            "role": roles(home, people["relation"].to_pylist(), people["lives_here"].to_numpy()),
            "birth": births,
            "sex": people["sex"].to_numpy().astype(np.uint8),
            "lives_with_household": people["lives_here"].to_numpy().astype(np.uint8),
            **{name: defaults(name, len(home)) for name in self.wanted["person"] if name != "lives_with_household"},
        }

    def _households(self, people: pa.Table, home: Array, persons: Columns) -> Columns:
        keys, first, sizes = np.unique(home, return_index=True, return_counts=True)
        code = {district: place for place, district in enumerate(self.districts)}
        districts = people["district"].take(pa.array(first)).to_pylist()
        age = (np.datetime64(self.month, "D") - persons["birth"]).astype(int) / 365.2425
        return {
            "household": keys,
            "members": sizes.astype(np.uint16),
            "place_is_urban": people["urban"].to_numpy()[first].astype(np.uint8),
            **{name: defaults(name, len(keys)) for name in self.wanted["household"]},
            "district": np.array([self._code(code, each) for each in districts], np.uint8),
            "household_type": types_of(first, sizes, persons["role"], age),
        }

    def _code(self, known: dict[str, int], district: str) -> int:
        """A district that the table does not have is added: the city knows its own."""
        if district not in known:
            known[district] = len(self.districts)
            self.districts.append(district)
        return known[district]

    def _write_over(self, first: int, last: int, households: Columns, persons: Columns) -> None:
        """In the order of time: a register's entry that is newer than what was declared stands."""
        place_of_person, place_of_home = Places(persons["person"]), Places(households["household"])
        entries = asked(self.link, "registers", first, last)
        told_on = self._write_facts(first, last, place_of_home, households, place_of_person, persons)
        if not len(entries):
            return
        at = place_of_person.of(entries["person"].to_numpy())
        since = np.array(entries["as_of"].to_pylist(), "datetime64[D]")
        stands = (at != NOBODY) & (since > np.where(at == NOBODY, np.datetime64("9999-01-01"), told_on[at]))
        for item in self.wanted["person"]:
            rows = np.flatnonzero(stands & pc.equal(entries["item"], item).to_numpy(zero_copy_only=False))
            values, are_whole = whole_numbers(entries["value"].take(pa.array(rows)))
            self.not_whole += put(persons[item], at[rows], values, are_whole)

    def _write_facts(
        self, first: int, last: int, place_of_home: "Places", households: Columns, place_of: "Places", persons: Columns
    ) -> Array:
        """The day on which each person's facts were told; long ago for whom there are none."""
        told_on = np.full(len(persons["person"]), np.datetime64("0001-01-01"), "datetime64[D]")
        last_case, facts = None, {}
        for row in asked(self.link, "facts", first, last).to_pylist():
            if row["number"] != last_case:
                last_case, facts = row["number"], json.loads(row["facts"])
                home = place_of_home.of(np.array([row["household"]]))[0]
                self._put_facts(households, home, facts.get("household", {}), "household")
            at = place_of.of(np.array([row["person"]]))[0]
            if at != NOBODY:
                told_on[at] = np.datetime64(row["told_on"])
                self._put_facts(persons, at, facts.get("people", {}).get(row["public_id"], {}), "person")
        return told_on

    def _put_facts(self, columns: Columns, at: int, facts: Mapping[str, Any], entity: str) -> None:
        for name, value in facts.items():
            if at != NOBODY and name in self.wanted[entity] and value is not None:
                is_whole = isinstance(value, int)
                self.not_whole += put(
                    columns[name], np.array([at]), np.array([int(is_whole and value)]), np.array([is_whole])
                )


class Places:
    """Where a key stands among the keys of a part."""

    def __init__(self, keys: Array) -> None:
        self.order = np.argsort(keys, kind="stable")
        self.keys = keys[self.order]

    def of(self, wanted: Array) -> Array:
        found = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[found] == wanted, self.order[found], NOBODY)


def roles(home: Array, relations: Sequence[str], lives_here: Array) -> Array:
    """The first of each household applies; one spouse; who is only registered there is an other."""
    found = np.array([ROLE_OF_RELATION.get(each[:1], OTHER) for each in relations], np.uint8)
    found[lives_here == 0] = OTHER
    is_first = np.r_[True, home[1:] != home[:-1]]
    found[is_first] = 0
    spouses = np.flatnonzero(found == 1)
    found[spouses[1:][home[spouses[1:]] == home[spouses[:-1]]]] = OTHER
    return found


def defaults(name: str, count: int) -> Array:
    variable = system().variables[name]
    width = {bool: np.uint8, int: np.int64}[variable.value_type]
    return np.full(count, variable.default_value, width)


def whole_numbers(texts: pa.ChunkedArray) -> tuple[Array, Array]:
    """JSON's numbers and yes and no; and which of them are such."""
    plain = pc.if_else(pc.equal(texts, "true"), "1", pc.if_else(pc.equal(texts, "false"), "0", texts))
    are_whole = pc.match_substring_regex(plain, r"^-?\d{1,18}$")
    values = pc.cast(pc.if_else(are_whole, plain, "0"), pa.int64())
    return values.to_numpy(), are_whole.to_numpy().astype(bool)


def put(column: Array, at: Array, values: Array, are_whole: Array) -> int:
    """How many could not be: no whole number, or none that the column holds."""
    most = 1 if column.dtype == np.uint8 else np.iinfo(column.dtype).max
    fits = are_whole & (values <= most) & (values >= -most * (most > 1))
    column[at[fits]] = values[fits]
    return int((~fits).sum())


def address_of(database: Mapping[str, Any]) -> str:
    """From Django's settings of a database to what `opened` reads."""
    if database["ENGINE"].endswith("sqlite3"):
        return str(database["NAME"])
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return f"postgresql://?{urlencode({word: database[key] for word, key in parts.items() if database.get(key)})}"
