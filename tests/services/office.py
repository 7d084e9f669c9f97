"""LibreOffice without a screen: it opens a file and saves it, as a person would."""

import shutil
import subprocess
from pathlib import Path


def saved_as(source: Path, kind: str, folder: Path) -> Path:
    """The file opened in LibreOffice and saved in the folder as another kind; its absence is a failure."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: apt-get install libreoffice-calc libreoffice-writer"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [program, "--headless", profile, "--convert-to", kind, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{source.stem}.{kind}"
