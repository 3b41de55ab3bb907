"""高龄津贴: by age alone. Ages and sums are examples."""

from onewindow.kernel.catalog import Grant, Law, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, granting, opining

matter = Matter(
    code="old_age_allowance",
    catalogue_id="EL01",
    name="高龄津贴",
    summary="满80周岁的老年人，按年龄每月发给津贴（金额为示例）。",
    audience="满80周岁的本市户籍老年人",
    everyday=(
        "八十岁",
        "80岁",
        "老年津贴",
        "长寿钱",
        "老人补贴",
    ),
    life_events=("elder_alone",),
    letter_series="津民老",
    applicant="person",
    kind="payment",
    version="2026-11",
    laws=(Law(title="中华人民共和国老年人权益保障法", articles="第三十三条"),),
    materials=(
        APPLICATION,
        IDENTITY,
    ),
    steps=(accepting(), opining(2, name="年龄和户籍核查"), granting(5)),
    statutory_working_days=10,
    promised_working_days=10,
    limit_is_example=True,
    removed=(
        Removed(code="alive_proof", name="生存证明", instead="卫健、火化数据和探访"),
        Removed(code="identity_copy", name="身份证、户口簿复印件", instead="公安户籍数据"),
    ),
    grant=Grant(amount="old_age_allowance", every="month", fund="elders"),
)
