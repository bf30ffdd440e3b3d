from wagtail.models import Page


def test_every_test_database_has_wagtails_root(db):
    assert Page.objects.filter(depth=1).count() == 1


def test_a_race_gets_a_database_of_its_own(own_database):
    assert Page.objects.filter(depth=1).count() == 1
