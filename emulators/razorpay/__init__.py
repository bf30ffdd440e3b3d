"""A local Razorpay: a real HTTP server that no money passes through.

Run `python -m emulators.razorpay --port 0`; it prints one line of JSON with its port and URL, then serves
`/v1/…` as the gateway does and `/_emu/…` for whoever plays the customer, the bank and the clock.
All amounts are integers in the currency's smallest unit (paise for INR), all times unix seconds.
"""
