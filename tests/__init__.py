"""The product's promises, shown with real parts."""
