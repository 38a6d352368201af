"""Talk over a telephone: where a call begins and ends, who is at which end and where, and how both are shown."""
