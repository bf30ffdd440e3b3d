"""A courier without a connection: people type the tracking number, and tell what happened."""

from __future__ import annotations

from collections.abc import Mapping

from checkout.shipping.couriers.port import Booking, Parcel, Report
from checkout.shipping.errors import BadCourierSignature, CourierRefused


class ByHand:
    code = "manual"
    name = ""
    takes_bookings = False

    def book(self, parcel: Parcel) -> Booking:
        raise CourierRefused

    def read_report(self, body: bytes, headers: Mapping[str, str]) -> Report:
        raise BadCourierSignature
