"""What waits for a resident: consents that somebody of their household asks for."""

from onewindow.kernel.cases.models import Case, CaseMember
from onewindow.kernel.catalog import matters
from onewindow.kernel.people.models import Consent, Person


def consents_wanted(person: Person) -> list[Case]:
    """Cases handed in, or being filled by the person, that need this adult's mandate and do not have it."""
    asking = [code for code, matter in matters().items() if matter.asks_consent]
    memberships = CaseMember.objects.filter(
        person=person, case__matter_code__in=asking, case__state__in=(*Case.OPEN, Case.State.DRAFT)
    ).select_related("case__applicant")
    given = set(Consent.objects.filter(person=person, withdrawn_at=None).values_list("about", flat=True))
    return [each.case for each in memberships if str(each.case.public_id) not in given]
