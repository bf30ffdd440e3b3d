"""PostgreSQL's own means: trigrams and unaccented words for search, GiST over scalars for dated prices."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    run_before = [("pricing", "0001_initial"), ("listing", "0001_initial")]
    operations = [BtreeGistExtension(), TrigramExtension(), UnaccentExtension()]
