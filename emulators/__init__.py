"""Stand-ins for outside services. The shop imports nothing from here, and nothing here imports the shop."""
