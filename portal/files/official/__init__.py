"""An official document (公文) as a file: one neutral description, drawn as DOCX and as PDF after GB/T 9704-2012."""
