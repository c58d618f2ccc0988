"""What the product promises, shown with real parts."""
