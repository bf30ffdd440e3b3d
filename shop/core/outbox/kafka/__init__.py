"""Events over Kafka, where KAFKA_BOOTSTRAP_SERVERS is set: `manage.py relay` sends, `manage.py consume` reads.

PostgreSQL stays the truth: a message says which event is to be handled now, the outbox row what it is, and the
delivery rows who has it. So a broker may repeat, forget or be emptied; what some group still lacks goes out again.
"""
