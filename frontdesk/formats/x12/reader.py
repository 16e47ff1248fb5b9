"""Cut a file into segments, whatever its delimiters, a chunk at a time.

Files in the wild start with a byte order mark, are indented, wrapped at 80 columns, end lines after each segment or use
a line end as the segment terminator, and hold several interchanges with different delimiters. All of that is read. Bytes
that are not UTF-8 are kept as they are (surrogateescape). Nothing is ever raised: what is wrong is told to `say`.
"""

import codecs
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from frontdesk.formats.x12.delimiters import USUAL, Delimiters
from frontdesk.formats.x12.findings import Finding, Level, shown

Source = str | bytes | Path | IO[bytes] | IO[str]
CHUNK = 1 << 16
LONGEST = 1 << 18  # no segment of any guide here comes near; what is longer has lost its terminator
_BLANK = " \t\r\n"


class Reader:
    """Iterate the segments of a file as text, the terminator left out; `delimiters` are those now in force.

    A `str` is the text of a file itself; a `Path` names one.
    """

    def __init__(self, source: Source, say: Callable[[Finding], None] | None = None) -> None:
        self.delimiters: Delimiters = USUAL
        self.number = 0
        self._source = source
        self._say = say or (lambda _: None)
        self._seeking = True
        self._told_junk = False
        self._ended = False
        self._empty_at = -1

    def __iter__(self) -> Iterator[str]:  # noqa: C901 - called for every segment: one function
        rest, skipping = "", False
        for chunk in self._chunks():
            rest += chunk
            while rest:
                if self._seeking:
                    head, rest = self._start(rest)
                    if head:
                        self.number += 1
                        yield head
                    if self._seeking:
                        break
                mark = self.delimiters.segment
                parts = rest.split(mark)
                rest = parts.pop()
                if skipping and parts:
                    del parts[0]
                    skipping = False
                again = False
                for index, part in enumerate(parts):
                    raw = part
                    if raw[:1] <= " ":
                        raw = raw.lstrip(_BLANK)
                        if not raw:
                            self._empty(mark)
                            continue
                    if "\n" in raw or "\r" in raw:
                        raw = raw.replace("\r", "").replace("\n", "")
                    head = raw[:3]
                    if head == "ISA" and not self._same(raw):
                        # A new interchange with other delimiters begins where the last one was not closed.
                        rest = mark.join([*parts[index:], rest])
                        self._seeking = again = True
                        break
                    self.number += 1
                    yield raw
                    if head == "IEA" and not self._goes_on(parts, index):
                        rest = mark.join([*parts[index + 1 :], rest])
                        self._seeking = again = True
                        break
                if again:
                    continue
                if len(rest) > LONGEST:
                    self._tell(
                        "segment-too-long", f"No segment terminator comes within {LONGEST:,} characters."
                    )
                    rest, skipping = "", True
                break
        yield from self._last(rest, skipping=skipping)

    def _last(self, rest: str, *, skipping: bool) -> Iterator[str]:
        """Yield what is left when the file has ended."""
        if self._seeking:
            if self.number == 0:
                words = "This is not an X12 file: it has no interchange header (ISA)."
                self._tell("not-x12", words, shown(rest.strip(), 20))
            elif rest.strip():
                self._junk(rest)
            return
        raw = rest.strip(_BLANK + "\x1a\x00").replace("\r", "").replace("\n", "")
        if raw and not skipping:
            self.number += 1
            self._tell("not-terminated", "The file ends in the middle of a segment.", shown(raw))
            yield raw

    def _chunks(self) -> Iterator[str]:
        """Yield the file's text; the last chunk is empty and says that it has ended."""
        source = self._source
        if isinstance(source, Path):
            with source.open("rb") as file:
                yield from _decoded(file)
        elif isinstance(source, str):
            yield from (source[at : at + CHUNK] for at in range(0, len(source), CHUNK))
        else:
            yield from _decoded(io.BytesIO(source) if isinstance(source, bytes) else source)
        self._ended = True
        if self._seeking:
            yield " "

    def _start(self, text: str) -> tuple[str, str]:
        """Find the next ISA and take the delimiters from it: the ISA as text, and what follows it."""
        at = 0
        while (at := text.find("ISA", at)) >= 0:
            found = _header(text, at)
            if isinstance(found, str):
                if found == "short" and not self._ended and len(text) - at < 4096:
                    self._junk(text[:at])
                    return "", text[at:]
                at += 3
                continue
            raw, delimiters, end = found
            self._junk(text[:at])
            self.delimiters, self._seeking = self._sound(delimiters, text[end : end + 4096]), False
            if delimiters.segment != self.delimiters.segment:
                end -= 1
            return raw, text[end:]
        keep = 0 if self._ended else 2
        junk = text[: len(text) - keep]
        if self.number:
            self._junk(junk)
        elif junk.strip(_BLANK + "\ufeff\x1a\x00"):
            self._told_junk = self._ended  # told once the ISA is found, or as "not X12" at the end
            return "", text[-64:] if self._ended else text[-2:]
        return "", text[len(text) - keep :] if keep else ""

    def _sound(self, found: Delimiters, after: str) -> Delimiters:
        """Say what is wrong with the delimiters, and guess a terminator where there is none."""
        mark = found.segment
        if mark.isalnum() or mark == " " or mark in found[:3]:
            mark = "~" if "~" in after else "\n"
            self._tell(
                "no-terminator",
                "The ISA is not followed by a segment terminator.",
                shown(found.segment),
                "024",
            )
        used = [letter for letter in (found.element, found.component, found.repetition, mark) if letter]
        if len(set(used)) < len(used) or found.component.isalnum():
            words = "The delimiters that the ISA declares are not four different characters."
            self._tell("delimiters-clash", words, shown("".join(used)), "027")
        return found._replace(segment=mark)

    def _same(self, raw: str) -> bool:
        """Say whether an ISA keeps the delimiters in force."""
        parts = raw.split(self.delimiters.element)
        return len(parts) == 17 and parts[16] == self.delimiters.component and self._repeats(parts)

    def _repeats(self, parts: list[str]) -> bool:
        return _repetition(parts[11], parts[12]) == self.delimiters.repetition

    def _goes_on(self, parts: list[str], index: int) -> bool:
        """Say whether the interchange after this IEA starts at once and in the same delimiters."""
        if index + 1 >= len(parts):
            return False
        following = parts[index + 1].lstrip(_BLANK)
        return len(following) == 105 and following[:3] == "ISA" and self._same(following)

    def _empty(self, mark: str) -> None:
        if mark not in "\r\n" and self._empty_at != self.number:
            self._empty_at = self.number  # several in a row are one
            self._tell("empty-segment", "There is a segment terminator with nothing before it.")

    def _junk(self, text: str) -> None:
        if not self._told_junk and (junk := text.strip(_BLANK + "\ufeff\x1a\x00")):
            self._told_junk = True
            self._tell(
                "outside-interchange",
                "There is text outside any interchange; it was not read.",
                shown(junk, 20),
            )

    def _tell(self, code: str, sentence: str, value: str = "", ack: str = "022") -> None:
        self._say(Finding(code, Level.ENVELOPE, sentence, segment=self.number, value=value, ack=ack))


def _decoded(file: IO[bytes] | IO[str]) -> Iterator[str]:
    first = file.read(CHUNK)
    if isinstance(first, str):
        text: str | bytes = first
        while isinstance(text, str) and text:
            yield text
            text = file.read(CHUNK)
        return
    encoding = "utf-16" if first[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    decode = codecs.getincrementaldecoder(encoding)(
        "surrogateescape" if encoding != "utf-16" else "replace"
    ).decode
    while first:
        yield decode(first)
        following = file.read(CHUNK)
        first = following if isinstance(following, bytes) else b""
    yield decode(b"", final=True)


def _header(text: str, at: int) -> tuple[str, Delimiters, int] | str:
    """Read the ISA that may start at `at`: itself, the delimiters, and where the next segment starts."""
    if len(text) < at + 4:
        return "short"
    mark = text[at + 3]
    if mark.isalnum() or mark in _BLANK:
        return "not one"
    end = at + 3
    for _ in range(15):
        end = text.find(mark, end + 1)
        if end < 0 or end - at > 4096:
            return "short" if end < 0 else "not one"
    if len(text) < end + 3:
        return "short"
    raw = text[at : end + 2].replace("\r", "").replace("\n", "")
    parts = raw.split(mark)
    if len(parts) != 17:
        return "not one"
    found = Delimiters(mark, text[end + 1], _repetition(parts[11], parts[12]), text[end + 2])
    return raw, found, end + 3


def _repetition(declared: str, version: str) -> str:
    return declared if len(declared) == 1 and not declared.isalnum() and version >= "00402" else ""
