"""What a household lives on and owns, so that it falls clearly on one side of the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from onewindow.project.demo.families import Seat
from onewindow.project.demo.people import Circumstance, Incomes

STANDARD_FEN = 1045_00
"""Tianjin's dibao standard from 2025-09-01 (津民规〔2025〕6号): only to place households on a side, never to decide."""
DIBAO_MONTHS, MARGINAL_MONTHS = 24, 36
BASE_PENSION_FEN = 307_00
"""Example: what an elder without a worker's pension has."""

# Income a head and deposits, each as a share of the standard and of dibao's limit.
POOR = ((0.1, 0.85), (0.02, 0.6))
MEANS: dict[Circumstance, tuple[tuple[float, float], tuple[float, float]]] = {
    Circumstance.MARGINAL: ((1.06, 1.42), (0.1, 1.3)),
    Circumstance.OVER: ((1.9, 7.0), (0.2, 5.0)),
    Circumstance.ELDER_ALONE: ((0.3, 0.6), (0.02, 0.4)),
    Circumstance.DISABLED_ALONE: ((0.0, 0.3), (0.0, 0.3)),
}


@dataclass(frozen=True, slots=True)
class Purse:
    """One person's share."""

    incomes: Incomes
    rigid_expense_fen: int
    """What illness or disability costs a month; the law takes it off, so it comes on top of what is meant to count."""
    declared_fen: int
    hidden_fen: int


def purses(rng: Random, seats: Sequence[Seat], circumstance: Circumstance) -> list[Purse]:
    """One for each seat, in order."""
    (low, high), (least, most) = MEANS.get(circumstance, POOR)
    counted = sum(not (seat.is_conscript or seat.is_imprisoned) for seat in seats)
    expenses = [_expense(rng, seat) for seat in seats]
    counting = whole_yuan(rng.uniform(low, high) * STANDARD_FEN * counted)
    is_rich = circumstance == Circumstance.OVER
    incomes = _incomes(rng, seats, counting + sum(expenses), is_rich)
    limit = DIBAO_MONTHS * STANDARD_FEN * counted
    deposits = _parts(rng, whole_yuan(rng.uniform(least, most) * limit), [seat.age >= 18 for seat in seats])
    hidden = [0] * len(seats)
    if circumstance == Circumstance.HIDDEN_DEPOSIT:
        hidden[min(1, len(seats) - 1)] = whole_yuan(rng.uniform(1.3, 3.5) * limit)
    return [Purse(*each) for each in zip(incomes, expenses, deposits, hidden, strict=True)]


def _incomes(rng: Random, seats: Sequence[Seat], total_fen: int, is_rich: bool) -> list[Incomes]:
    """Elders have a pension: a worker's, or the residents' base pension. The rest is earned, or given by relatives."""
    pensions = [_pension(rng, is_rich) if seat.age >= 60 else 0 for seat in seats]
    rest = max(total_fen - sum(pensions), 0)
    earners = [seat.can_earn for seat in seats]
    shares = _parts(rng, rest, earners if any(earners) else [n == 0 for n in range(len(seats))])
    incomes = []
    for pension, share in zip(pensions, shares, strict=True):
        worker, base = (pension, 0) if is_rich else (0, pension)
        if not any(earners):
            incomes.append(Incomes(transfer_fen=worker + share, base_pension_fen=base))
        elif rng.random() < 0.18:
            incomes.append(Incomes(business_fen=share, transfer_fen=worker, base_pension_fen=base))
        else:
            incomes.append(Incomes(wage_fen=share, transfer_fen=worker, base_pension_fen=base))
    return incomes


def _expense(rng: Random, seat: Seat) -> int:
    is_away = seat.is_conscript or seat.is_imprisoned
    return 0 if is_away or seat.is_well else rng.randint(1, 12) * 100_00


def _pension(rng: Random, is_rich: bool) -> int:
    return rng.randint(24, 52) * 100_00 if is_rich else BASE_PENSION_FEN


def _parts(rng: Random, total_fen: int, takes_part: Sequence[bool]) -> list[int]:
    """Whole yuan for each that takes part; the sum is the total."""
    weights = [rng.randint(2, 9) if each else 0 for each in takes_part]
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [whole_yuan(total_fen * weight / whole) for weight in weights]
    parts[weights.index(max(weights))] += total_fen - sum(parts)
    return parts


def whole_yuan(fen: float) -> int:
    return int(fen // 100) * 100


def home_areas(rng: Random, circumstance: Circumstance, is_urban: bool) -> list[int]:
    """Square decimetres of each home, the hidden one last. None: public housing or living with relatives."""
    large = circumstance == Circumstance.OVER
    area = rng.randint(70, 145) if large or not is_urban else rng.randint(34, 62)
    owns = not is_urban or rng.random() < (0.92 if large else 0.55) or circumstance == Circumstance.HIDDEN_HOME
    areas = [area * 100] if owns else []
    if circumstance == Circumstance.HIDDEN_HOME or (large and rng.random() < 0.25):
        areas.append(rng.randint(60, 110) * 100)
    return areas


def car_count(rng: Random, circumstance: Circumstance) -> int:
    return int(circumstance == Circumstance.HAS_CAR or (circumstance == Circumstance.OVER and rng.random() < 0.45))


def bought_on(rng: Random, on: date) -> date:
    return date(rng.randint(1996, on.year - 3), rng.randint(1, 12), rng.randint(1, 28))
