"""What third parties are told of: events as signed HTTP messages (docs/webhooks.md)."""
