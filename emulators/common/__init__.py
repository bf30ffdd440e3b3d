"""What every gateway emulator is made of: requests, time, trouble, outbox, control calls, the server itself."""
