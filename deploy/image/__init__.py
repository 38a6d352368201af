"""What goes into the container image: the packages that the product needs at work, and the lettering faces."""
