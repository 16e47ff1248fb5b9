"""Driver's licenses: payloads as AAMVA's standard writes them, and the picture of their PDF417."""

import io

import zxingcpp
from PIL import Image

VERSION_9 = {
    "DAQ": "S12345678", "DCS": "SAMPLE-ITO", "DDE": "N", "DAC": "ANA", "DDF": "N", "DAD": "MARIE", "DDG": "N",
    "DCU": "", "DBD": "06012023", "DBB": "03141962", "DBA": "03142030", "DBC": "2", "DAY": "BRO", "DAU": "064 in",
    "DAG": "12 ELM STREET", "DAH": "APT 3", "DAI": "SOMERVILLE", "DAJ": "MA", "DAK": "021430000  ",
    "DCF": "06012023 REV 02222016", "DCG": "USA",
}  # fmt: skip


def payload(elements=None, version=9, kind="DL", issuer="636002", more=""):
    """The bytes of a card, its table right for what it holds; `more` is a subfile of the issuer's own."""
    given = VERSION_9 if elements is None else elements
    body = kind + "\n".join(name + value for name, value in given.items()) + "\r"
    own = "01" if version > 1 else ""
    count = 2 if more else 1
    start = len("@\n\x1e\rANSI ") + 6 + 2 + len(own) + 2 + 10 * count
    table = f"{kind}{start:04}{len(body):04}"
    if more:
        table += f"ZM{start + len(body):04}{len(more):04}"
    return f"@\n\x1e\rANSI {issuer}{version:02}{own}{count:02}{table}{body}{more}".encode("latin-1")


def picture(content, *, angle=0, scale=3):
    """A photo's worth of it: the code on a gray card, as PNG."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.PDF417)
    bars = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=scale))
    card = Image.new("L", (bars.width + 160, bars.height + 240), 225)
    card.paste(bars, (80, 120))
    made = io.BytesIO()
    card.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=225).save(made, "PNG")
    return made.getvalue()
