from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from shop.core.errors import Invalid

TRUTHS = {"true": True, "1": True, "false": False, "0": False, "": False}


def flag_of(request: Any, name: str) -> bool:
    """A parameter that is true or false; false where it is not there. Raises Invalid for anything else."""
    asked = request.GET.get(name, "").lower()
    if asked not in TRUTHS:
        raise Invalid(errors={name: [_("true or false.")]})
    return TRUTHS[asked]
