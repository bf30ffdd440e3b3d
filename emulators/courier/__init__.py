"""A local courier: a real HTTP server that carries no parcels.

Run `python -m emulators.courier --port 0 --key KEY --webhook-url URL --webhook-secret SECRET`; it prints one line of
JSON with its port and URL. `/v1/shipments` takes bookings as a courier does (docs/couriers.md); `/_emu/…` is for
whoever plays the riders: `POST /_emu/shipments/<tracking number>/move`, `POST /_emu/faults`, `GET /_emu/messages`.
"""
