"""The ways of paying that a buyer may name. Which of them is offered depends on settings, currency and amount."""

METHODS = ("cod", "razorpay", "stripe")
