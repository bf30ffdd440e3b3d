"""Product number n of a made-up catalogue: the same for the same seed, on every machine and in every run."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.product.inputs import ProductInput, VariantInput
from catalog.product.rules import slug_of
from shop.management.scale import words
from shop.management.scale.words import BIG_SHELF, DEPARTMENTS, Department

SOLD_OUT = 0.12


@dataclass(frozen=True)
class Ground:
    """What products refer to: ids by what it is called. A shelf by its `Title|noun`."""

    shelves: Mapping[str, int]
    brands: tuple[int, ...]
    tax_classes: Mapping[str, int]
    pictures: Mapping[str, int]


@dataclass(frozen=True)
class MadeUp:
    """`stock`: units by SKU; nothing for one that is sold out."""

    fields: ProductInput
    stock: Mapping[str, int]


_DEPARTMENT_OF = {shelf: department for department in DEPARTMENTS for shelf in department.shelves}
_ONE_PERCENT = [shelf for shelf in _DEPARTMENT_OF if shelf != BIG_SHELF]
assert len(_ONE_PERCENT) == 90  # noqa: S101 - shares below count on it


def first_sku(number: int) -> str:
    return f"SC-{number:06d}-1"


def make_up(number: int, *, seed: int, ground: Ground) -> MadeUp:
    """Every tenth product stands on one big shelf; each of the other 90 shelves holds one in a hundred."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - nothing is kept secret by it
    shelf = shelf_of(number)
    department, noun = _DEPARTMENT_OF[shelf], shelf.split("|")[1]
    material, making = chance.choice(department.materials), _making(chance)
    series, color = chance.choice(words.SERIES), chance.choice(list(words.COLORS))
    title = f"{series} {making} {material} {noun}"
    variants = _variants(number, chance, department, color)
    fields: ProductInput = {
        "title": title,
        "slug": f"{slug_of(title)}-{number}",
        "summary": f"A {making} {noun} of {material}, in {color}. Made in small batches, so no two are quite alike.",
        "body": [{"type": "text", "value": _text(noun, material, making, series)}],
        "seo_title": title[:70],
        "brand_id": chance.choice(ground.brands),
        "tax_class_id": ground.tax_classes[department.tax],
        "attributes": {"material": slug_of(material), "care": chance.choice(list(words.CARE))},
        "category_ids": [ground.shelves[shelf]],
        "images": [{"image_id": ground.pictures[chance.choice(department.pictures)], "alt": title}],
        "variants": variants,
    }
    return MadeUp(fields, {v["sku"]: chance.randint(1, 120) for v in variants if chance.random() >= SOLD_OUT})


def shelf_of(number: int) -> str:
    place = number % 100
    return BIG_SHELF if place % 10 == 0 else _ONE_PERCENT[place - place // 10 - 1]


def _making(chance: random.Random) -> str:
    return chance.choice(words.RARE_MAKINGS if chance.random() < 0.0005 else words.MAKINGS)


def _variants(number: int, chance: random.Random, department: Department, color: str) -> list[VariantInput]:
    """One, or two or three sizes, each dearer than the one before."""
    price = math.exp(chance.uniform(math.log(department.low), math.log(department.high)))
    sizes = list(words.SIZES)[: chance.choice((1, 1, 2, 3))]
    reduced = chance.random() < 0.2
    return [
        _variant(f"{first_sku(number)[:-1]}{n}", {"color": color} | ({"size": size} if len(sizes) > 1 else {}),
                 price * 1.4 ** (n - 1), reduced)
        for n, size in enumerate(sizes, start=1)
    ]  # fmt: skip


def _variant(sku: str, options: dict[str, str], rupees: float, reduced: bool) -> VariantInput:
    paise = _rounded(rupees)
    facts: VariantInput = {"sku": sku, "options": options, "price": paise, "weight_grams": 100 + int(rupees) % 4000}
    if reduced:
        facts["compare_at_price"] = _rounded(rupees * 1.25) + 1000
    return facts


def _rounded(rupees: float) -> int:
    """₹ 349.00 as 34900 paise: shops like a nine at the end."""
    return (max(round(rupees / 10), 1) * 10 - 1) * 100


def _text(noun: str, material: str, making: str, series: str) -> str:
    return (
        f"<p>The {series} {noun} is {making} by people who have worked with {material} for three generations. "
        "Each piece is finished by hand and looked over before it is packed.</p>"
        f"<p>Small marks and differences in shade belong to {material} and are no fault. Keep it dry between uses, and "
        "it will outlast the shelf it stands on.</p>"
    )
