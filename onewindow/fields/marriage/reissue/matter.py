"""补领结婚证、离婚证： at any window of the city, from the register."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, on_the_spot

matter = Matter(
    code="marriage_certificate_reissue",
    catalogue_id="MA03",
    name="补领结婚证、离婚证",
    summary="结婚证、离婚证丢失或者损坏的，凭身份证补领，不用登报。",
    audience="在本市登记过结婚或者离婚的当事人",
    everyday=("结婚证丢了", "离婚证丢了", "补结婚证", "补办离婚证"),
    life_events=("marriage",),
    letter_series="津民补",
    applicant="person",
    kind="confirmation",
    version="2025-05",
    any_hukou=True,
    laws=(Law(title="婚姻登记条例", number="2025年修订", articles="关于补领的规定"),),
    materials=(APPLICATION, IDENTITY, Material(code="archive", name="婚姻登记档案", from_register="民政婚姻登记")),
    steps=(
        accepting(),
        on_the_spot(name="查档和补发", approve="准予补发", law="婚姻登记条例"),
    ),
    promised_working_days=5,
    limit_is_example=True,
    removed=(
        Removed(code="archive_copy", name="婚姻登记档案复印件", instead="内部档案核查"),
        Removed(code="newspaper_notice", name="登报声明作废", instead="本系统公开核验"),
    ),
)
