"""Limits of decision 14: strict per account, wide per network address (thousands sit behind one carrier's)."""

from shop.core.limits import Limit

FAILED_SIGN_INS = Limit("failed_sign_in", 10, 300)  # per account as typed
WRONG_OLD_PASSWORDS = Limit("wrong_old_password", 10, 300)  # per user
SIGN_INS_OF_ADDRESS = Limit("sign_ins_of_address", 300, 60)
SIGN_UPS_OF_ADDRESS = Limit("sign_ups_of_address", 120, 60)
RESETS_OF_ADDRESS = Limit("resets_of_address", 120, 60)
LINKS_OF_ADDRESS = Limit("links_of_address", 120, 60)  # tries of tokens from mails
MAILS_TO_ACCOUNT = Limit("mails_to_account", 5, 3600)  # unasked mails to one account, of each kind
SECOND_FACTORS_OF_ACCOUNT = Limit("second_factors_of_account", 10, 300)  # wrong ones, over all its challenges
CODES_TO_PHONE = Limit("codes_to_phone", 3, 900)  # SMS cost money, and wake people
CODES_OF_ADDRESS = Limit("codes_of_address", 30, 900)  # asked for
CODE_TRIES_OF_ADDRESS = Limit("code_tries_of_address", 120, 60)
CODE_TRIES_OF_PHONE = Limit("code_tries_of_phone", 15, 3600)  # over all the codes that were sent
