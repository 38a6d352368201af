"""One prompt file a call, and the library that checks them."""
