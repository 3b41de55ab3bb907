"""Near relatives of staff: registered separately, and visited by the district itself （最低生活保障审核确认办法 a11, a20)."""

from django.db.models import Q

from onewindow.kernel.cases.models import Case
from onewindow.kernel.people.models import Kinship
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.models import StaffPost

# GB/T 4761 codes of spouse, children, grandchildren, parents, grandparents, siblings (2012 办法 a14's list).
NEAR = Q()
for _tens in "123567":
    NEAR |= Q(kind__startswith=_tens)
NEAR &= ~Q(kind__in=("28", "38", "45", "46", "72", "74", "76", "78"))


def is_relative_of_staff(case: Case) -> bool:
    """Is anybody of the household near kin of somebody who holds a post in the same district?"""
    people = list(case.members.values_list("person_id", flat=True)) or [case.applicant_id]
    staff = StaffPost.objects.filter(until_on=None, place__code__startswith=case.place_id[:6], staff__is_active=True)
    staff_people = staff.values("staff__person_id")
    direct = Q(person_id__in=people, relative_id__in=staff_people)
    reverse = Q(relative_id__in=people, person_id__in=staff_people)
    is_staff = staff.filter(staff__person_id__in=people).exists()
    return is_staff or Kinship.objects.filter(NEAR, direct | reverse).exists()


def must_stand_aside(actor: Actor, case: Case) -> bool:
    """A member of staff does not handle the case of their own family."""
    people = set(case.members.values_list("person_id", flat=True)) | {case.applicant_id}
    if actor.person_id in people:
        return True
    either_way = Q(person_id=actor.person_id, relative_id__in=people) | Q(
        relative_id=actor.person_id, person_id__in=people
    )
    return Kinship.objects.filter(NEAR, either_way).exists()
