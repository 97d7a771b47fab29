"""What Skillwarden decides: domain types, ports and services. No I/O, no clock, no environment."""
