"""What a user can mend: every class carries the exit code that the program ends with."""

USER_ERROR = 2


class SpeechesError(Exception):
    """Something the user can mend, said in one line: what, where, and what to try."""

    exit_code = USER_ERROR


class NothingFound(SpeechesError):
    """The question was sound and its honest answer is: nothing."""

    exit_code = 1


class CorpusError(SpeechesError):
    """A corpus that cannot be used: in which file, line (from 1; None for all), entry and key."""

    def __init__(
        self, message: str, *, file: str, line: int | None = None, entry: str = "", key: str = ""
    ) -> None:
        self.message, self.file, self.line, self.entry, self.key = message, file, line, entry, key
        place = file if line is None else f"{file}:{line}"
        super().__init__(": ".join(part for part in (place, entry, message) if part))
