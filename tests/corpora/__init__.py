"""Members, texts and addresses that an attacker would send, one class to a file. See docs/reliability.md."""
