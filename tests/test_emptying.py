"""A test that commits to an append-only table leaves nothing to the next one, and the table is guarded again."""

import pytest
from django.db import DatabaseError

from onewindow.kernel.grants.models import Transfer


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_line_that_cannot_be_deleted_is_gone_for_the_next_test(turn: int) -> None:
    assert not Transfer.objects.exists()
    Transfer.objects.create(key="1", debit="a", credit="b", amount_fen=1)
    with pytest.raises(DatabaseError, match="append-only"):
        Transfer.objects.all().delete()
