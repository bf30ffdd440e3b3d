"""`expand[]=payment_intent.latest_charge`: ids replaced by what they name, at most four levels deep."""

from typing import Any

from .account import Account
from .errors import ApiError

DEEPEST = 4


def expand(account: Account, entity: dict[str, Any], paths: Any) -> dict[str, Any]:
    for path in paths or []:
        steps = str(path).split(".")
        if len(steps) > DEEPEST:
            raise ApiError("You cannot expand more than 4 levels of a property.", param="expand")
        entity = _expand(account, entity, steps)
    return entity


def _expand(account: Account, value: Any, steps: list[str]) -> Any:
    if not steps or value is None:
        return value
    if isinstance(value, list):
        return [_expand(account, item, steps) for item in value]
    if not isinstance(value, dict) or steps[0] not in value:
        raise ApiError(f"This property cannot be expanded ({steps[0]}).", param="expand")
    inner = value[steps[0]]
    named = _look_up(account, inner) if isinstance(inner, str) else inner
    return value | {steps[0]: _expand(account, named, steps[1:])}


def _look_up(account: Account, key: str) -> dict[str, Any]:
    if key in account.intents:
        return account.intents[key].entity
    if key in account.charges:
        return account.charges[key]
    if key in account.balance_transactions:
        return account.balance_transactions[key]
    raise ApiError("This property cannot be expanded.", param="expand")
