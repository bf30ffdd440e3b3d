"""Argon2id with the parameters OWASP names for web sign-ins: 19 MiB, 2 passes, 1 lane.

Django's default takes 100 MiB and eight lanes for each sign-in, which eight at once would turn into 800 MiB.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
