from __future__ import annotations

import logging
from datetime import datetime

from shop.core.retention import rules

logger = logging.getLogger(__name__)


def apply_retention(*, at: datetime) -> dict[str, int]:
    """Forget what is older than its rule allows; returns how many rows, by rule. One that fails does not stop the rest."""
    forgotten = {}
    for name, rule in rules.items():
        try:
            forgotten[name] = rule.purge(rule.before(at))
        except Exception:
            logger.exception("retention: %s failed", name)
    logger.info("retention: %s", ", ".join(f"{name} {count}" for name, count in forgotten.items()))
    return forgotten
