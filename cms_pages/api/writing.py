from __future__ import annotations

import json
from datetime import UTC, datetime

from django.core.serializers.json import DjangoJSONEncoder


class Encoder(DjangoJSONEncoder):
    """Moments as the API writes them: UTC, `…Z`, to the second."""

    def default(self, o: object) -> object:
        if isinstance(o, datetime):
            return o.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return super().default(o)


def as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), cls=Encoder)
