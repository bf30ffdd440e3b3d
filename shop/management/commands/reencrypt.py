"""Write every encrypted secret anew under the first of FIELD_ENCRYPTION_KEYS; then the older keys may go."""

from django.core.management.base import BaseCommand
from django.db import transaction

from shop.core.encryption import reencrypt
from shop.core.secret_places import rewrite_everything


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        with transaction.atomic():
            for place, count in rewrite_everything(reencrypt):
                self.stdout.write(f"{place}: {count}")
