"""Why a look into an office file ends; plain Python, because the look runs in a process without Django."""


class Unknown(ValueError):
    """The package is no office file."""


class Active(ValueError):
    """The file does something of its own, holds another file or fetches one."""


class Leads(ValueError):
    """A link of the file leads to something other than a page of the web or an e-mail address."""


class TooMuch(ValueError):
    """The file unpacks to more than may be."""
