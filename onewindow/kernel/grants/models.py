"""What somebody holds, the runs that pay it, and a ledger of transfers in whole fen."""

import uuid

from django.db import models
from django.db.models import F, Q

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.people.models import Person
from onewindow.kernel.people.sealed import SealedField


class Grant(models.Model):
    """From which month to which, how much, from which decision. A change ends one row and begins another."""

    class Every(models.TextChoices):
        MONTH = "month", "按月"
        ONCE = "once", "一次性"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="grants")
    decision = models.OneToOneField("cases.Decision", models.PROTECT, related_name="grant")
    benefit = models.CharField(max_length=40)
    holder = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="grants")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    every = models.CharField(max_length=5, choices=Every.choices)
    amount_fen = models.BigIntegerField()
    from_month = models.CharField(max_length=7)
    until_month = models.CharField(max_length=7, blank=True)
    """The last month it is paid for; empty while it is in force."""
    pay_to = SealedField()
    pay_to_name = models.CharField(max_length=60)
    law_version = models.CharField(max_length=64, blank=True)
    fund = models.ForeignKey("grants.Fund", models.PROTECT, null=True, related_name="grants")
    """Of relief paid once: whose budget the decision committed."""

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.grants.scope:grants_seen_by", of="holder_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="grant_is_positive"),
            models.UniqueConstraint(
                fields=["household", "benefit"],
                condition=Q(until_month="", every="month"),
                name="one_monthly_grant_a_household",
            ),
        ]
        indexes = [models.Index(fields=["benefit", "place", "id"], name="grant_by_place")]

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def audit_subject(self) -> int:
        return self.holder_id


class GrantAmount(models.Model):
    """
    Another sum from a month on, where the law changed and the facts did not. Append-only beside the grant: what was decided
    stays as it was decided, and any past month is paid and explained with the sum that held then.
    """

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="amounts")
    from_month = models.CharField(max_length=7)
    amount_fen = models.BigIntegerField()
    cause = models.CharField(max_length=120)
    law_version = models.CharField(max_length=64)
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "from_month"], name="one_sum_from_a_month_on"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="changed_sum_is_positive"),
        ]


class GrantTurn(models.Model):
    """Suspended, resumed, ended, reviewed: from which month, and why. Append-only; the newest up to a month says how it stands."""

    class Kind(models.TextChoices):
        PAUSE = "pause", "暂停发放"
        RESUME = "resume", "恢复发放"
        END = "end", "停止发放"
        REVIEW = "review", "复核后继续发放"

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    from_month = models.CharField(max_length=7)
    """From this month on; of an end, the first month that is no longer paid."""
    reason = models.CharField(max_length=200)
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["grant", "from_month", "id"], name="turns_of_grant")]


class Adjustment(models.Model):
    """
    A sum that is owed to the holder (positive: back-pay) or by the holder (negative: recovery) for a month that was paid.
    Append-only; a repayment or a waiver is another row that settles it. What is left of it goes into the next payments.
    """

    key = models.CharField(max_length=80, unique=True)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="adjustments")
    month = models.CharField(max_length=7)
    amount_fen = models.BigIntegerField()
    cause = models.CharField(max_length=120)
    law_version = models.CharField(max_length=64, blank=True)
    settles = models.ForeignKey("self", models.PROTECT, null=True, related_name="settled_by")
    is_cash = models.BooleanField(default=False)
    """Money came back to the fund; a waiver settles without any."""
    by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount_fen=0), name="adjustment_is_a_sum")]


class PaymentRun(models.Model):
    """One month's payment file of a district: drafted by one person, approved by another over a digest."""

    class State(models.TextChoices):
        DRAFT = "draft", "待复核"
        APPROVED = "approved", "已复核，待发送"
        SENT = "sent", "已发送银行"
        ANSWERED = "answered", "银行已答复"
        CLOSED = "closed", "已对账关账"
        CANCELLED = "cancelled", "已作废"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    month = models.CharField(max_length=7)
    benefit = models.CharField(max_length=40)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    """1 is the month's main run; later ones are supplementary (corrected accounts, urgent relief)."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    count = models.PositiveIntegerField()
    total_fen = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    fund = models.ForeignKey("grants.Fund", models.PROTECT, null=True, related_name="runs")
    """Whose budget the approval committed; empty where none is set up for the benefit."""
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    differences = models.JSONField(default=list)
    """What the bank's answer says otherwise than the run; a run with differences can't be closed."""

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.grants.scope:runs_seen_by", of="pk")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["month", "benefit", "place", "serial"], name="run_once"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")), name="payer_is_not_maker"
            ),
        ]

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def file_id(self) -> str:
        return f"{self.benefit}-{self.month}-{self.place_id[:6]}-{self.serial}"


class PaymentItem(models.Model):
    """One payment to one account. Its key is made here, before anything is sent: the bank pays a key once."""

    class State(models.TextChoices):
        FROZEN = "frozen", "待支付"
        SENT = "sent", "已发送"
        PAID = "paid", "已到账"
        RETURNED = "returned", "退票"
        CANCELLED = "cancelled", "已作废"

    run = models.ForeignKey(PaymentRun, models.PROTECT, related_name="items")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="payments")
    month = models.CharField(max_length=7)
    attempt = models.PositiveSmallIntegerField(default=1)
    key = models.CharField(max_length=80, unique=True)
    amount_fen = models.BigIntegerField()
    account = SealedField()
    account_name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FROZEN)
    bank_reason = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    """Of a single order: when it was last sent or asked after. Whoever finds it old asks the bank before anything else."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "month"],
                condition=~Q(state__in=["returned", "cancelled"]),
                name="never_paid_twice_for_a_month",
            ),
            models.UniqueConstraint(fields=["grant", "month", "attempt"], name="attempt_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_is_positive"),
        ]
        indexes = [models.Index(fields=["run", "id"], name="items_of_run")]


class PaymentLine(models.Model):
    """Of what a payment is made up: the month's own sum, back-pay, recovery. Append-only; together they are the payment."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "当月待遇"
        BACK_PAY = "back_pay", "补发"
        RECOVERY = "recovery", "抵扣"

    item = models.ForeignKey(PaymentItem, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    month = models.CharField(max_length=7)
    amount_fen = models.BigIntegerField()
    cause = models.CharField(max_length=120, blank=True)
    law_version = models.CharField(max_length=64, blank=True)
    adjustment = models.ForeignKey(Adjustment, models.PROTECT, null=True, related_name="lines")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "adjustment"], name="adjustment_once_a_payment"),
            models.UniqueConstraint(fields=["item"], condition=Q(kind="regular"), name="one_regular_line_a_payment"),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="line_is_a_sum"),
        ]


class Suspense(models.Model):
    """
    What a bank said that can't be booked (挂账): a file not whole, a wrong total, another sum. It stays open until the bank has
    put it right; while it is, the run can't be closed.
    """

    class Kind(models.TextChoices):
        WRONG_TOTAL = "wrong_total", "回盘总数与明细不符"
        PARTIAL = "partial", "回盘不全"
        MISMATCH = "mismatch", "回盘内容与名册不符"
        CONTRADICTION = "contradiction", "银行先后答复不一"

    run = models.ForeignKey(PaymentRun, models.PROTECT, related_name="suspenses")
    digest = models.CharField(max_length=64)
    """Of what was said: the same again is no second entry."""
    kind = models.CharField(max_length=13, choices=Kind.choices)
    claimed_fen = models.BigIntegerField()
    """What the bank says it has paid by this answer."""
    text = models.CharField(max_length=400)
    made_at = models.DateTimeField(auto_now_add=True)
    freed_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "digest"], name="suspended_once"),
            models.UniqueConstraint(fields=["run"], condition=Q(freed_at=None), name="one_open_suspense_a_run"),
        ]
        indexes = [
            models.Index(fields=["made_at"], name="suspense_open", condition=Q(freed_at=None)),
        ]


class MonthClose(models.Model):
    """A district's month was found without a difference, over this report. Append-only; a later run needs another one."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    serial = models.PositiveSmallIntegerField()
    report = models.JSONField()
    digest = models.CharField(max_length=64)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "month", "serial"], name="month_closed_once")]

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]


class RunFinding(models.Model):
    """What the checks found on a draft, for the person who approves: somebody to look at, or somebody who is left out and why."""

    class Kind(models.TextChoices):
        NEW = "new", "新增"
        GONE = "gone", "上月发放、本月没有"
        CHANGED = "changed", "金额变化"
        OUTLIER = "outlier", "金额异常"
        SAME_ACCOUNT = "same_account", "多人同一账户"
        DEAD = "dead", "已去世，未列入"
        MOVED = "moved", "户籍已不在本区"
        CORRECTING = "correcting", "账户待更正，未列入"
        PAUSED = "paused", "暂停发放，未列入"

    run = models.ForeignKey(PaymentRun, models.PROTECT, related_name="findings")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    before_fen = models.BigIntegerField(default=0)
    now_fen = models.BigIntegerField(default=0)
    text = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["run", "kind", "id"], name="findings_of_run")]


class Transfer(models.Model):
    """
    One movement of money between two accounts of the ledger. A single positive amount with a debit and a credit side
    can't be out of balance, on any database; rows are append-only and keyed, so nothing is booked twice.
    """

    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField(auto_now_add=True)
    debit = models.CharField(max_length=60, db_index=True)
    credit = models.CharField(max_length=60, db_index=True)
    amount_fen = models.BigIntegerField()
    item = models.ForeignKey(PaymentItem, models.PROTECT, null=True, related_name="transfers")
    text = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="transfer_is_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_has_two_sides"),
        ]


class Fund(models.Model):
    """
    Money set aside for a purpose, a place and a year: budget, of which something is committed and something spent. The
    database itself refuses to commit more than there is, however many clerks try at once.
    """

    class Kind(models.TextChoices):
        BUDGET = "budget", "财政预算资金"
        SPECIAL = "special", "社会救助专项资金"
        RESERVE = "reserve", "街道临时救助备用金"
        LOTTERY = "lottery", "福利彩票公益金"
        DONATION = "donation", "慈善捐赠资金"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40)
    """As matters name it in `Grant.fund`."""
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    budget_fen = models.BigIntegerField(default=0)
    committed_fen = models.BigIntegerField(default=0)
    spent_fen = models.BigIntegerField(default=0)
    is_example = models.BooleanField(default=False)

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.grants.scope:funds_seen_by", of="pk")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["code", "place", "year"], name="fund_once_a_year"),
            models.CheckConstraint(condition=Q(committed_fen__gte=0, spent_fen__gte=0), name="fund_is_not_negative"),
            models.CheckConstraint(
                condition=Q(budget_fen__gte=F("committed_fen") + F("spent_fen")), name="nothing_beyond_the_budget"
            ),
        ]

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def left_fen(self) -> int:
        return self.budget_fen - self.committed_fen - self.spent_fen


class FundEntry(models.Model):
    """Each movement of a fund, keyed and append-only; the fund's three sums are what its entries add up to."""

    class Kind(models.TextChoices):
        BUDGET = "budget", "预算下达"
        CUT = "cut", "预算调减"
        COMMIT = "commit", "占用"
        RELEASE = "release", "释放"
        SPEND = "spend", "支出"
        BACK = "back", "退回"

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount_fen = models.BigIntegerField()
    text = models.CharField(max_length=200)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="fund_entry_is_positive")]
        indexes = [models.Index(fields=["fund", "-id"], name="entries_of_fund")]
