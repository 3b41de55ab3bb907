"""Puts the invented people into the city: places, staff with posts, residents with what registers say of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.people.models import Account, Household, Kinship, Member, Person, RegisterEntry
from onewindow.kernel.places.codes import district_of, street_of
from onewindow.kernel.places.loading import load_places
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.models import Delegation, Staff, StaffPost
from onewindow.kernel.staff.posts import Post
from onewindow.project.demo.names import full_name
from onewindow.project.demo.numbers import birth_of
from onewindow.project.demo.people import Circumstance, DemoHousehold, DemoPerson
from onewindow.project.demo.population import Supplies, households

CITY = "120000000000"
DELEGATED_ON = date(2021, 9, 1)
STREET_POSTS = (Post.STREET_WINDOW, Post.STREET_OFFICER, Post.STREET_OFFICER, Post.STREET_CHIEF)
DISTRICT_POSTS = (
    Post.DISTRICT_OFFICER, Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF, Post.DISTRICT_FINANCE,
    Post.DISTRICT_FINANCE_CHECKER,
)  # fmt: skip
CITY_POSTS = (Post.AUDITOR, Post.CITY_LEADER, Post.CITY_LEADER, Post.CITY_POLICY)
BATCH = 500
Progress = Callable[[str], None]


@dataclass
class Loader:
    """Keeps the running numbers, so that nobody gets another's."""

    seed: int
    supplies: Supplies = field(default_factory=Supplies)
    staff_number: int = 1000
    truth: list[dict[str, Any]] = field(default_factory=list)
    """What the partners' own records say of people."""

    def __post_init__(self) -> None:
        self.rng = Random(f"{self.seed}:staff")  # noqa: S311 invented people, not secrets

    def load_staff(self) -> None:
        """Every district and every street has its people; who they are is invented."""
        places = Place.objects.exclude(level=Place.Level.COMMUNITY).values_list("code", "level").order_by("code")
        posts = {"city": CITY_POSTS, "district": DISTRICT_POSTS, "street": STREET_POSTS}
        jobs = [(code, post) for code, level in places for post in posts[level]]
        people = [self._official(district_of(code)) for code, _ in jobs]
        Person.unscoped.bulk_create(people, batch_size=BATCH)
        staff = [Staff(person=person, number=self._next_number()) for person in people]
        Staff.objects.bulk_create(staff, batch_size=BATCH)
        StaffPost.objects.bulk_create(
            (StaffPost(staff=one, post=post, place_id=code, from_on=date(2020, 1, 1)) for one, (code, post) in zip(staff, jobs, strict=True)),
            batch_size=BATCH,
        )  # fmt: skip
        Account.objects.bulk_create((account_of(one.person, f"s{one.number}") for one in staff), batch_size=BATCH)

    def _next_number(self) -> str:
        self.staff_number += 1
        return str(self.staff_number)

    def _official(self, district: str) -> Person:
        sex, year = self.rng.choice((1, 2)), self.rng.randint(1968, 1998)
        number = self.supplies.ids.take((district or CITY)[:6] if district != CITY else "120101", year, sex)
        name, _ = full_name(self.rng, sex, year)
        person = Person(name=name, id_number=number, birth=birth_of(number), sex=sex, phone=next(self.supplies.phones))
        person.reindex()
        return person

    def load_households(self, found: Iterable[DemoHousehold]) -> Iterator[list[tuple[DemoHousehold, list[Person]]]]:
        """In batches; yields each batch with its persons, the head first."""
        walking = iter(found)
        while batch := list(islice(walking, BATCH)):
            yield self._load_batch(batch)

    @transaction.atomic
    def _load_batch(self, batch: list[DemoHousehold]) -> list[tuple[DemoHousehold, list[Person]]]:
        pairs = [(home, [self._resident(home, member) for member in home.members]) for home in batch]
        Person.unscoped.bulk_create((person for _, people in pairs for person in people), batch_size=BATCH)
        made = Household.objects.bulk_create(
            Household(number=home.number, place_id=home.place, address=home.address, is_urban=home.is_urban)
            for home in batch
        )
        members, kin, entries = [], [], []
        for household, (home, people) in zip(made, pairs, strict=True):
            for told, person in zip(home.members, people, strict=True):
                members.append(Member(household=household, person=person, relation=told.relation))
                entries += _register_entries(person, told, home)
                if told is not home.head:
                    kin.append(Kinship(person=people[0], relative=person, kind=told.relation))
            if home.circumstance == Circumstance.STAFF_RELATIVE:
                kin.append(sibling_kin(people[0], _officer_of(street_of(home.place))))
        Member.objects.bulk_create(members, batch_size=BATCH)
        Kinship.objects.bulk_create(kin, batch_size=BATCH)
        RegisterEntry.objects.bulk_create(entries, batch_size=BATCH)
        return pairs

    def _resident(self, home: DemoHousehold, told: DemoPerson) -> Person:
        person = Person(
            name=told.name, id_number=told.id_number, birth=told.birth, sex=told.sex, phone=told.phone,
            place_id=home.place, address=home.address,
            bank_account=told.accounts[0].number if told.accounts else "",
        )  # fmt: skip
        person.reindex()
        self.truth.append(partner_record(told))
        return person


def account_of(person: Person, username: str) -> Account:
    """One tap on the sign-in page opens it, no password does."""
    return Account(username=username, person=person, password=make_password(None))


def sibling_kin(person: Person, official: Person) -> Kinship:
    """A brother or sister in the office: the case is registered apart and the district visits too."""
    assert official.birth and person.birth
    is_elder = official.birth < person.birth
    kind = ("71" if is_elder else "73") if official.sex == Person.Sex.MALE else ("75" if is_elder else "77")
    return Kinship(person=person, relative=official, kind=kind)


def _officer_of(street: str) -> Person:
    return StaffPost.objects.filter(post=Post.STREET_OFFICER, place_id=street).order_by("id")[0].staff.person


def _register_entries(person: Person, told: DemoPerson, home: DemoHousehold) -> list[RegisterEntry]:
    """A register that knows of nothing says so: then nobody has to be asked."""
    known: tuple[tuple[str, str, Any], ...] = (
        ("PSB_HUKOU", "household_number", home.number),
        ("PSB_HUKOU", "ethnic", told.ethnic),
        ("MCA_MARRIAGE", "marital", told.marital),
        ("DPF", "disability_category", told.disability_category),
        ("DPF", "disability_level", told.disability_level),
        ("HRSS_PENSION", "base_pension", told.incomes.base_pension_fen),
        ("EDU", "is_student", told.is_student),
        ("VET", "is_conscript", told.is_conscript),
        ("PRISON", "is_imprisoned", told.is_imprisoned),
        ("MED", "serious_disease", told.serious_disease),
    )
    day = today().replace(day=1)
    return [
        RegisterEntry(person=person, source=source, item=item, value=value, as_of=day) for source, item, value in known
    ]


def partner_record(told: DemoPerson) -> dict[str, Any]:
    """In the shape of exchange/simulators/records.py: the truth, also what the household keeps to itself."""
    return {
        "id_number": told.id_number,
        "name": told.name,
        "accounts": [
            {
                "account": each.number, "product": each.product, "balance_fen": each.balance_fen,
                "inflow_12_months_fen": each.inflow_12_months_fen, "closed": each.is_closed,
            }
            for each in told.accounts
        ],
        "homes": [
            {
                "reference": each.reference, "address": each.address, "use": each.use, "share": each.share,
                "area_square_decimetres": each.area_square_decimetres, "obtained_on": each.obtained_on.isoformat(),
            }
            for each in told.homes
        ],
    }  # fmt: skip


def load_city(wanted: int, seed: int, progress: Progress) -> Loader:
    """An empty database becomes a city of `wanted` households."""
    loader = Loader(seed)
    progress(f"行政区划：{load_places()}个")
    Delegation.objects.get_or_create(
        matter="dibao", place_id=CITY, from_on=DELEGATED_ON, defaults={"document": "津民发〔2021〕14号"}
    )
    with transaction.atomic():
        loader.load_staff()
    progress(f"工作人员：{Staff.objects.count()}人")
    people = 0
    for pairs in loader.load_households(households(wanted, on=today(), seed=seed, supplies=loader.supplies)):
        people += sum(len(members) for _, members in pairs)
        progress(f"居民：{people}人")
    return loader
