"""Fills the shop with made-up products, for load: the same ones for the same seed."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from shop.management.scale.ground import lay_ground
from shop.management.scale.stocking import stock_up


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--products", type=int, required=True, help="how many there shall be; resumes a cut run")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other products")

    def handle(self, *args: Any, products: int, seed: int, **options: Any) -> None:
        if products < 1:
            raise CommandError("--products must be at least 1.")
        begun = time.monotonic()
        ground = lay_ground()
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        with tqdm(total=products, unit=" products", file=self.stderr, disable=options["verbosity"] == 0) as bar:
            made = stock_up(total=products, seed=seed, ground=ground, today=today, advanced=bar.update)
        self.stdout.write(f"{made} products made in {time.monotonic() - begun:.0f} s")
