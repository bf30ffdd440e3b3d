"""The worked example of docs/add-a-payment-provider.md: bank transfer, confirmed by whoever reads the bank's statement."""
