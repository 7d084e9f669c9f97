"""Files that arrive piece by piece and go on where they stopped.

The protocol is tus 1.0.0 (https://tus.io/protocols/resumable-upload) with the extensions creation, expiration and
termination; nothing of it is invented here. What arrives is no file of the report until all of it is there and has been
looked into like any other file.
"""
