"""What the parts of an office file may be called, and what its list of types may say that they are.

Everything else is another file inside: a web page, a script, a short cut, an old document. The names are those that
Word, Excel, PowerPoint, LibreOffice, WPS, the exports of Google and programmes built on .NET write.
"""

import re
from urllib.parse import unquote

_XML = r"(?:application|text)/xml|application/inkml\+xml|application/vnd\.[\w.-]+\+xml"
_PICTURE = r"image/[\w.-]+"
_FONT = r"font/[\w.-]+|application/(?:x-font[\w-]*|font-sfnt|vnd\.ms-opentype|[\w.-]+\.obfuscatedfont)"
_OFFICE = r"application/vnd\.openxmlformats-officedocument\."
_PACKAGE = r"application/vnd\.openxmlformats-package\."
# Only what stands here may stand in a presentation: no format that knows commands of its own.
_SOUND_OR_FILM = r"(?:audio|video)/[\w.-]+"
_PICTURES = ["png", "x-png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "ico", "webp"]
_PICTURES += ["emf", "x-emf", "emz", "wmf", "x-wmf", "wmz", "wdp", "hdp", "pct", "pict", "heic", "avif", "tmp"]
# What .NET calls the facts of a file and its signatures.
_WORDS = ("xml", "psmdcp", "psdsxs")
_KINDS = {
    "xml": _XML,
    "rels": rf"{_PACKAGE}relationships\+xml",
    "vml": rf"{_OFFICE}vmldrawing",
    "svg": r"image/svg\+xml",
    "sigs": rf"{_PACKAGE}digital-signature-origin",
    "psdsor": rf"{_PACKAGE}digital-signature-origin",
    "psdsxs": rf"{_PACKAGE}digital-signature-xmlsignature\+xml",
    "cer": rf"{_PACKAGE}digital-signature-certificate",
    "psmdcp": rf"{_PACKAGE}core-properties\+xml",
    "bin": rf"{_OFFICE}\w+\.(?:printersettings|customproperty)",
    "docx": rf"{_OFFICE}wordprocessingml\.document",
    "xlsx": rf"{_OFFICE}spreadsheetml\.sheet",
    "pptx": rf"{_OFFICE}presentationml\.presentation",
}
_KINDS |= dict.fromkeys(_PICTURES, _PICTURE)
_KINDS |= dict.fromkeys(("odttf", "fntdata", "ttf", "otf"), _FONT)
_KINDS |= dict.fromkeys(("mp4", "m4v", "mov", "m4a", "mp3", "wav"), _SOUND_OR_FILM)
# Where the suffix alone does not do: settings of a printer, facts of an add-in, files behind charts, sounds of slides,
# signatures.
_PLACES = {
    "bin": r"(?:word|xl|ppt)/(?:printersettings/[^/]+|customproperty\d*)\.bin",
    "docx|xlsx|pptx": r".*embeddings/.+",
    "mp4|m4v|mov|m4a|mp3|wav": r"ppt/media/[^/]+",
    "cer|psdsor|psdsxs|psmdcp": r"package/services/.+",
}
# The exports of Google keep their own notes without a suffix.
_NOTES, _NOTES_TYPE = re.compile(r"(?:xl|ppt|word)/metadata"), "application/binary"
# Macro sheets and links into other workbooks are XML as well.
_OF_ITS_OWN = ("vbaproject", "macroenabled", "activex", "oleobject", "msdownload", "macrosheet", "dialogsheet")
_ACTIVE_TYPES = (*_OF_ITS_OWN, "externallink", "connections+xml", "querytable")
_ACTIVE_RELATIONS = (*_ACTIVE_TYPES, "afchunk", "attachedtemplate", "subdocument", "attachedtoolbars")
_ACTIVE_ENDS = ("/control", "/connections", "/frame", "/recipientdata", "/mailmergesource", "/mailmergeheadersource")


def may_be_called(name: str) -> bool:
    """Whether a part may have this name (in small letters)."""
    if _NOTES.fullmatch(name):
        return True
    suffix = _suffix(name)
    places = [place for suffixes, place in _PLACES.items() if suffix in suffixes.split("|")]
    return suffix in _KINDS and all(re.fullmatch(place, name) for place in places)


def holds_words(name: str) -> bool:
    """Whether a part is XML that says something of its own (its name in small letters)."""
    return _suffix(name) in _WORDS


def may_be_said(name: str, kind: str) -> bool:
    """Whether the list of types may say this of a part, or of all parts with this suffix (``.png``)."""
    name, kind = unquote(name).strip().lower().lstrip("/"), kind.lower().partition(";")[0].strip()
    if any(part in kind for part in _ACTIVE_TYPES):
        return False
    if _NOTES.fullmatch(name):
        return kind == _NOTES_TYPE
    # What no part is called by may be said to be anything: writers list films and sounds that they do not hold.
    suffix = _suffix(name)
    return suffix not in _KINDS or bool(re.fullmatch(_KINDS[suffix], kind))


def is_active_relation(kind: str) -> bool:
    """Whether one part may not lead to another in this way (a relation's type in small letters)."""
    return any(part in kind for part in _ACTIVE_RELATIONS) or kind.endswith(_ACTIVE_ENDS)


def _suffix(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[2] if "." in name else ""
