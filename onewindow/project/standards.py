"""What a proposal's simulation needs of the whole city: its own records, or invented people where a demo has too few."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import connection

from onewindow.fields.finding.models import Recomputation
from onewindow.fields.policy.models import SimulationRun
from onewindow.fields.policy.ports import Progress, Told
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.grants.amounts import in_force as in_force_in
from onewindow.rules.reforming import NoSuchFigure, figures_read
from onewindow.rules.system import in_force, law_version, under

Population = SimulationRun.Population
INVENTED, SEED = 100_000, 2026


def populations() -> list[str]:
    """A demo's few households say nothing of what a city would pay."""
    return [Population.SYNTHETIC, Population.OWN] if settings.DEMO else [Population.OWN]


def counted(month: str) -> frozenset[str]:
    from onewindow.project.simulating import SUMS  # noqa: PLC0415 as below

    return figures_read(SUMS, month)


def simulate_run(run: SimulationRun, progress: Progress) -> Told:
    """One law from the beginning to the end, whatever is approved meanwhile."""
    from onewindow.bulk.report import layout_of  # noqa: PLC0415 half a second, which no start should wait for
    from onewindow.project.simulating import simulate  # noqa: PLC0415 as above

    with population_of(run, progress) as folder, under(in_force()):
        layout = layout_of(folder)
        if not layout["households"]:
            raise Refused("本市没有在那个月享受待遇的家庭，无法试算。")
        changes = {run.figure: run.value_fen}
        try:
            found = simulate(folder, run.month, changes, lambda done, left: progress(done, done + left), run.months)
        except NoSuchFigure as problem:
            raise Refused(str(problem)) from None
        by = {kind: [asdict(line) for line in lines] for kind, lines in found.by.items()}
        result = {"whole": asdict(found.whole), "by": by, "months": found.months}
        return Told(law_version(), layout["households"], layout["persons"], result)


@contextmanager
def population_of(run: SimulationRun, progress: Progress) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="onewindow-population-") as name:
        folder = Path(name, "population")
        if run.population == Population.SYNTHETIC:
            invent(run.month, folder)
        else:
            from onewindow.bulk.snapshot import address_of, take  # noqa: PLC0415 as above

            city = Path(name, "city")
            # So that a run over millions is heard of while it reads them.
            take(
                address_of(connection.settings_dict), run.month, city, progress=lambda _, left: progress(0, run.months)
            )
            only_granted(city, run.month, folder)
        yield folder


def only_granted(city: Path, month: str, into: Path) -> None:
    """Households that are paid something: of the others nobody knows the means, and the law would take them all for poor."""
    import numpy as np  # noqa: PLC0415 as above

    from onewindow.bulk.city.folder import save_layout  # noqa: PLC0415 as above
    from onewindow.bulk.columns import columns_in, save  # noqa: PLC0415 as above
    from onewindow.bulk.report import layout_of  # noqa: PLC0415 as above

    into.mkdir()
    layout, parts = layout_of(city), []
    granted = np.fromiter(in_force_in(month).exclude(household=None).values_list("household_id", flat=True), np.int64)
    for part in layout["parts"]:
        homes = columns_in(city / f"{part['name']}.households.arrow")
        persons = columns_in(city / f"{part['name']}.persons.arrow")
        kept = np.isin(homes["household"], granted)
        if kept.any():
            members = np.repeat(kept, homes["members"])
            save({name: values[kept] for name, values in homes.items()}, into / f"{part['name']}.households.arrow")
            save({name: values[members] for name, values in persons.items()}, into / f"{part['name']}.persons.arrow")
            parts.append({**part, "households": int(kept.sum()), "persons": int(members.sum())})
    save_layout(into, month, parts, layout["carried"], layout["note"])


def invent(month: str, folder: Path) -> None:
    from onewindow.bulk.city.making import city_of, write  # noqa: PLC0415 as above

    write(city_of(INVENTED, month, SEED), folder, lambda persons, left: None, 1)


def nothing_rests_on(law_version: str) -> None:
    """A list of new sums that was approved, or written, by the law that would be withdrawn."""
    State = Recomputation.State
    lists = Recomputation.unscoped.filter(law_version=law_version)
    if lists.filter(state__in=[State.APPROVED, State.APPLIED]).exists():
        raise Refused("已有重算名单按这项标准批准，不能撤回；需要再调整的，请另行起草方案。")
    lists.filter(state__in=[State.DRAFT, State.CHECKED]).update(state=State.CANCELLED)
