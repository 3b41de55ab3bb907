"""志愿者注册和志愿服务记录证明。"""

from onewindow.kernel.catalog import Law, Matter
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, on_the_spot

matter = Matter(
    code="volunteer",
    catalogue_id="VO01",
    name="志愿者注册和志愿服务记录证明",
    summary="注册志愿者，开具可核验的服务记录证明，免费。",
    audience="愿意参加志愿服务的人",
    everyday=("当志愿者", "志愿服务证明", "志愿时长"),
    life_events=("organisation",),
    letter_series="津民志",
    applicant="person",
    kind="public_service",
    version="2026",
    any_hukou=True,
    laws=(
        Law(title="志愿服务条例", number="国务院令第685号"),
        Law(title="志愿服务记录与证明出具办法（试行）", number="民政部令第67号", articles="第十一条"),
    ),
    materials=(APPLICATION, IDENTITY),
    steps=(accepting(), on_the_spot(name="登记并出具", approve="予以登记")),
    promised_working_days=1,
    limit_is_example=True,
)
