from django.db import models


class Post(models.TextChoices):
    """What a member of staff does, at a place. Matters name posts; people hold them from day to day."""

    STREET_WINDOW = "street_window", "街道窗口受理员"
    STREET_OFFICER = "street_officer", "街道经办人"
    STREET_CHIEF = "street_chief", "街道审核确认负责人"
    DISTRICT_OFFICER = "district_officer", "区民政局经办人"
    DISTRICT_CHIEF = "district_chief", "区民政局审批负责人"
    DISTRICT_FINANCE = "district_finance", "区财务制单"
    DISTRICT_FINANCE_CHECKER = "district_finance_checker", "区财务复核"
    AUDITOR = "auditor", "审计"
    CITY_LEADER = "city_leader", "市领导"
    CITY_POLICY = "city_policy", "市民政局政策经办人"


CASE_POSTS = frozenset({Post.STREET_OFFICER, Post.STREET_CHIEF, Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF})
"""Posts that see the cases of their place. Finance sees payments, leaders see figures, auditors see the log."""

SUPERVISING_POSTS = frozenset({Post.STREET_CHIEF, Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF, Post.CITY_LEADER})
"""Posts that answer for the limits of the offices below them."""
BUDGET_POSTS = frozenset(
    {Post.DISTRICT_CHIEF, Post.DISTRICT_FINANCE, Post.DISTRICT_FINANCE_CHECKER, Post.CITY_LEADER, Post.CITY_POLICY}
)
"""Posts that see what the months ahead cost: sums of the whole city, nobody's own."""
POLICY_POSTS = frozenset({Post.CITY_POLICY, Post.CITY_LEADER})
"""Posts that see proposals to change a standard: sums of the whole city, nobody's own."""
