"""Fills the rig's database before the shop opens: `python -m tests.faults.stock STATE.json` (a process of its own)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django

PLENTY, FEW, SKUS = 1_000_000, 50, 6
PASSWORD = "faults-are-found-7"


def fill() -> dict:
    from tests.factories.people import make_user
    from tests.factories.shop import make_shipping
    from tests.factories.variants import make_variant

    make_shipping()
    staff = make_user("keeper", role="admin")
    staff.set_password(PASSWORD)
    staff.save(update_fields=["password"])
    plenty = [make_variant(sku=f"PLENTY-{n}", price=649_00 + 3_33 * n, stock=PLENTY, tax=1800) for n in range(SKUS)]
    few = make_variant(sku="FEW", price=1299_00, stock=FEW, tax=500)
    single = [make_variant(sku=f"SINGLE-{n}", price=999_00, stock=1, tax=1200) for n in range(60)]

    def told(variant) -> dict:
        return {"product": variant.core_id, "variant": variant.pk, "sku": variant.sku}

    return {"plenty": [told(v) for v in plenty], "few": told(few), "single": [told(v) for v in single]}


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(fill()))
