"""A small city for tests: places, people with valid demo numbers, staff with posts, cases made by real acts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from onewindow.kernel.cases.actions import applying, working
from onewindow.kernel.cases.facts import sheets
from onewindow.kernel.cases.models import Case, StepRun
from onewindow.kernel.catalog import matter_named
from onewindow.kernel.people.identity import DEMO_SEQUENCES, IdNumber, check_digit
from onewindow.kernel.people.models import Account, Household, Member, Person
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor, actor_of
from onewindow.kernel.staff.models import Delegation, Staff, StaffPost

CITY, HEPING, NANKAI = "120000000000", "120101000000", "120104000000"
QUANYECHANG, COMMUNITY = "120101001000", "120101001001"
NANKAI_STREET, NANKAI_COMMUNITY = "120104001000", "120104001001"
PLACES = (
    (CITY, "天津市", "city", None), (HEPING, "和平区", "district", CITY), (NANKAI, "南开区", "district", CITY),
    (QUANYECHANG, "劝业场街道", "street", HEPING), (COMMUNITY, "花园路社区", "community", QUANYECHANG),
    (NANKAI_STREET, "长虹街道", "street", NANKAI), (NANKAI_COMMUNITY, "天大社区", "community", NANKAI_STREET),
)  # fmt: skip
VISIT = {"visited_on": "", "method": "at_home", "findings": "住房一间,与申报一致。", "agrees": "yes", "signed": "on"}
ANSWERS = {"cause": "illness", "YesNoField": "no"}


def id_numbers(place: str = "120101") -> Iterator[str]:
    """Valid numbers that are never issued: sequences 990 to 999, one birthday after another."""
    for n in count():
        nth = n // 10
        day = f"{1960 + nth // 336 % 40}{nth // 28 % 12 + 1:02d}{nth % 28 + 1:02d}"
        first = f"{place}{day}{DEMO_SEQUENCES[n % 10]}"
        yield first + check_digit(first)


@dataclass
class City:
    numbers: Iterator[str] = field(default_factory=id_numbers)
    serial: Iterator[int] = field(default_factory=lambda: count(1))

    def lay(self) -> "City":
        Place.objects.bulk_create(Place(code=c, name=n, level=level, parent_id=p) for c, n, level, p in PLACES)
        Delegation.objects.create(
            matter="dibao", place_id=CITY, from_on=date(2021, 9, 1), document="津民发〔2021〕14号"
        )
        return self

    def person(self, name: str = "", place: str = COMMUNITY, **values: Any) -> Person:
        number = next(self.numbers)
        birth = values.pop("birth", IdNumber.parse(number).birth)
        return Person.unscoped.create(
            name=name or f"张{next(self.serial)}", id_number=number, birth=birth, place_id=place,
            phone=f"1990000{next(self.serial):04d}", bank_account=f"62170000{next(self.serial):08d}", **values,
        )  # fmt: skip

    def account(self, person: Person) -> Actor:
        return actor_of(Account.objects.create(username=f"u{next(self.serial)}", person=person))

    def resident(self, name: str = "", **values: Any) -> Actor:
        return self.account(self.person(name, **values))

    def staff(self, post: str, place: str = QUANYECHANG, person: Person | None = None) -> Actor:
        person = person or self.person(f"职{next(self.serial)}")
        staff, _ = Staff.objects.get_or_create(person=person, defaults={"number": f"S{next(self.serial)}"})
        StaffPost.objects.create(staff=staff, post=post, place_id=place, from_on=date(2009, 1, 1))
        return self.account(person)

    def household(self, *people: Person, place: str = COMMUNITY, urban: bool = True) -> Household:
        number = f"H{next(self.serial)}"
        household = Household.objects.create(number=number, place_id=place, address="花园路1号", is_urban=urban)
        for n, person in enumerate(people):
            Member.objects.create(household=household, person=person, relation="02" if n == 0 else "10")
        return household

    def draft(self, applicant: Actor, matter: str = "dibao", **answers: Any) -> Case:
        assert applicant.person is not None
        case = applying.start_case(applicant, None, matter=matter_named(matter), applicant=applicant.person)
        applying.save_case(applicant, case, data=filled(case, **answers))
        case.refresh_from_db()
        return case

    def submitted(self, applicant: Actor, matter: str = "dibao", **answers: Any) -> Case:
        return applying.submit_case(applicant, self.draft(applicant, matter, **answers))

    def accepted(self, applicant: Actor, clerk: Actor, **answers: Any) -> Case:
        """Handed in with every consent signed, and accepted at the window."""
        case = self.submitted(applicant, **answers)
        for member in case.listed_members:
            if member.person_id == applicant.person_id:
                applying.give_consent(applicant, case, person_id=member.person_id)
            else:
                applying.give_consent(clerk, case, person_id=member.person_id, given_by="agent")
        return working.finish_step(clerk, open_run(case), outcome="accept")


def filled(case: Case, **answers: Any) -> dict[str, Any]:
    """A whole form: zeros and noes, but for the answers given by field name."""
    data = {}
    for sheet in sheets(case):
        for name, form_field in sheet.form.fields.items():
            usual = ANSWERS.get(name) or ANSWERS.get(type(form_field).__name__) or "0"
            data[sheet.form.add_prefix(name)] = answers.get(name, usual)
    return data


def open_run(case: Case) -> StepRun:
    return case.runs.get(ended_at=None)


def number_of(actor: Actor) -> str:
    assert actor.person is not None
    return actor.person.staff.number


def visit(on: date, **more: Any) -> dict[str, Any]:
    return {**VISIT, "visited_on": on.isoformat(), **more}
