"""How often complaints may be written: wide enough for an angry person, too narrow for a machine."""

from shop.core.limits import Limit

COMPLAINTS_OF_ADDRESS = Limit("complaints_of_address", 20, 3600)  # of guests: many sit behind one address
COMPLAINTS_OF_USER = Limit("complaints_of_user", 10, 3600)
MESSAGES_ABOUT_ONE = Limit("messages_about_complaint", 20, 3600)
