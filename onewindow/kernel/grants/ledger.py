"""Booking and adding up. Accounts are named, not rows: `fund:…`, `owed:…`, `paid:…`, `returned:…`."""

from django.db.models import Sum

from onewindow.kernel.grants.models import PaymentItem, Transfer


def book(key: str, debit: str, credit: str, amount_fen: int, text: str, item: PaymentItem | None = None) -> Transfer:
    """Money moves from `credit` to `debit`. The same key twice is the same booking; another amount for it is an error."""
    transfer, made = Transfer.objects.get_or_create(
        key=key, defaults={"debit": debit, "credit": credit, "amount_fen": amount_fen, "text": text, "item": item}
    )
    if not made and (transfer.debit, transfer.credit, transfer.amount_fen) != (debit, credit, amount_fen):
        raise ValueError(f"{key} was booked before with other sides or another amount")
    return transfer


def balance(account: str) -> int:
    """Fen that have come in minus fen that have gone out."""
    came = Transfer.objects.filter(debit=account).aggregate(s=Sum("amount_fen"))["s"] or 0
    went = Transfer.objects.filter(credit=account).aggregate(s=Sum("amount_fen"))["s"] or 0
    return came - went
