"""How often somebody may ask for the way back to an order."""

from shop.core.limits import Limit

LOOK_UPS_OF_ADDRESS = Limit("order_look_ups_of_address", 120, 60)  # many sit behind one address
LETTERS_OF_LOOK_UP = Limit("letters_of_order_look_up", 3, 3600)  # of one order: whoever knows both could flood its mail
