"""The channels; the catalog finds them."""
