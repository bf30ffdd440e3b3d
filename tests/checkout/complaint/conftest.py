from tests.checkout.storefront.conftest import browser  # noqa: F401
