"""The errors that the core raises, each naming what is wrong and where."""


class RegulationError(ValueError):
    """Anything that the core refuses; the message says what, where and why."""


class CalendarMissing(RegulationError):
    """The calendar does not hold the year that a computation needs; `year` is that year."""

    def __init__(self, *, year: int, calendar: str) -> None:
        self.year = year
        self.calendar = calendar
        super().__init__(f"calendar {calendar} has no year {year}: adopt a calendar edition that holds it")


class CalendarInvalid(RegulationError):
    """A calendar's content is not of the documented form."""


class ParametersInvalid(RegulationError):
    """An edition's parameters are not of the documented form."""


class FactsInvalid(RegulationError):
    """A list of facts cannot be the history of one ticket."""


class SpanBackwards(RegulationError):
    """The end of a span lies before its beginning."""

    def __init__(self, *, start: int, end: int) -> None:
        self.start = start
        self.end = end
        super().__init__(f"the span ends ({end}) before it begins ({start})")
