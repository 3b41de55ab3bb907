"""What compiled formulas call: numpy's dates by the civil calendar, also before 1970; a member's rank."""

from typing import Any

import numba


@numba.njit(nogil=True, cache=True, inline="never")
def months_from_days(days: int) -> int:
    shifted = days + 719_468  # since 1 March of the year 0
    era = shifted // 146_097
    of_era = shifted - era * 146_097
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * of_year + 2) // 153  # 0 is March
    return (year_of_era + era * 400 - 1970) * 12 + month + 2


@numba.njit(nogil=True, cache=True, inline="never")
def years_from_days(days: int) -> int:
    return months_from_days(days) // 12


@numba.njit(nogil=True, cache=True, inline="never")
def days_from_months(months: int) -> int:
    shifted = months - 2  # since March 1970
    year = shifted // 12 + 1970
    month = shifted % 12
    era = year // 400
    year_of_era = year - era * 400
    of_year = (153 * month + 2) // 5
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + of_year - 719_468


@numba.njit(nogil=True, cache=True, inline="never")
def days_from_years(years: int) -> int:
    return days_from_months(years * 12)


@numba.njit(nogil=True, cache=True)
def rank(values: Any, mine: int, members: int) -> int:
    """Of equals, the earlier member comes first."""
    found = 0
    for other in range(members):
        if values[other] < values[mine] or (values[other] == values[mine] and other < mine):
            found += 1
    return found
