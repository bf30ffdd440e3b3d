"""Tokens by which other systems call the API, each within its scopes (docs/api/services.md)."""
