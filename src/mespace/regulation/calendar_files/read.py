"""Any of the known files, told apart by what they hold."""

from mespace.regulation.calendar_files.open_data_csv import read_csv
from mespace.regulation.calendar_files.problems import MOST_BYTES, TOO_LARGE, FileYear, Problem, UnreadableFile
from mespace.regulation.calendar_files.xml_calendar import read_xml


def read_calendar_file(data: bytes) -> dict[int, FileYear]:
    """The years of a file, by number. Raises UnreadableFile."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile([Problem(0, TOO_LARGE)])
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        year = read_xml(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
        return {year.number: year}
    return read_csv(data)
