from backlint.catalog import load
from backlint.report import Report


def report(name: str, **settings: object) -> Report:
    """The report of that name, with these settings."""
    made: Report = load(Report, name).model_validate(settings)
    return made
