"""The newer sums once more in plain integers, from the domain notes (3.1.8, 3.3, 3.5, 3.8–3.11), apart from the formulas."""

from datetime import date

STANDARD, ORPHAN, ORPHAN_IN_INSTITUTION = 104500, 240000, 280000
"""Of October 2025, in fen."""


def half_up(amount, part, whole):
    return (2 * amount * part + whole) // (2 * whole)


def aid_for_expenses(spent, insured, aided, income):
    excess = max(0, spent - insured - aided) - half_up(income, 40, 100)
    if excess <= 0:
        return 0
    return min(max(half_up(excess, 50, 100), STANDARD), 12 * STANDARD)


def is_rigid(size, month_income, spent, income, savings, disposable):
    """A family without other property, all of the same standard."""
    is_marginal_or_dibao = 2 * month_income < 3 * STANDARD * size and savings <= 36 * STANDARD * size
    return (
        not is_marginal_or_dibao
        and income < disposable * size
        and savings <= 36 * STANDARD * size
        and 100 * spent > 60 * income
    )


def prices(standard, all_goods, food):
    return half_up(standard, max(all_goods, 0), 1000) if all_goods >= 35 or food >= 60 else 0


def funeral(cremated, claimed):
    if claimed < cremated:
        return 0
    months = (claimed.year - cremated.year) * 12 + claimed.month - cremated.month
    return 180000 if months < 6 or (months == 6 and claimed.day <= cremated.day) else 0


def land_saving(cremated, buried):
    return 142000 if 0 <= (buried - cremated).days <= 60 else 0


def child(birth, father, mother, father_months, mother_months, in_institution):
    """Orphan's allowance, unattended child's, of a child that lives where nobody has any assistance."""
    first = date(2025, 10, 1)
    years = first.year - birth.year - ((first.month, first.day) < (birth.month, birth.day))
    if years >= 18:
        return 0, 0
    if {father, mother} <= {1, 9}:
        return (ORPHAN_IN_INSTITUTION if in_institution else ORPHAN), 0
    both = ((father, father_months), (mother, mother_months))
    return 0, ORPHAN if all(fails(state, months) for state, months in both) else 0


def fails(state, months):
    return state in (1, 2, 3, 4) or (state in (5, 6, 7, 8) and months >= 6)
