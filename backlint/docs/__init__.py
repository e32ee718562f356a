"""Pages, schema and example configuration, written from the plugins: `python -m backlint.docs` writes them."""
