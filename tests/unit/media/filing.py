"""Files as people make them."""

import io
import zipfile

import docx
import openpyxl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with one line a page."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer, encrypt=password or None)
    for text in pages:
        drawing.setFont("STSong-Light", 12)
        drawing.drawString(72, 720, text)
        drawing.showPage()
    drawing.save()
    return buffer.getvalue()


def word(*paragraphs: str, cells: tuple[str, ...] = ()) -> bytes:
    """A DOCX with paragraphs, and a table of one row."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        table = document.add_table(rows=1, cols=len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel(**sheets: list[list[object]]) -> bytes:
    """An XLSX with these sheets."""
    workbook = openpyxl.Workbook()
    del workbook["Sheet"]
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def archive(**entries: bytes) -> bytes:
    """A ZIP file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


def bomb() -> bytes:
    """A DOCX of a few hundred kilobytes that unpacks to half a gigabyte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
        with file.open("word/document.xml", "w") as entry:
            for _ in range(512):
                entry.write(b"\0" * 1024 * 1024)
    return buffer.getvalue()
