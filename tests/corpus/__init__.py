"""Folders of other people's programs, run natively and here: `./dev corpus FOLDER`."""
