"""A local Stripe: a real HTTP server that no money passes through.

Run `python -m emulators.stripe --port 0`; it prints one line of JSON with its port and URL, then serves
`/v1/…` as the gateway does, `/c/pay/…` as its hosted checkout page, and `/_emu/…` for whoever plays the customer,
the bank and the clock. All amounts are integers as Stripe counts them (currencies.py), all times unix seconds.
"""
