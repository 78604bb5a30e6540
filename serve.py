"""The server: ``python serve.py`` is app.py with compression, data for programs, and safety."""

import sys
from pathlib import Path

import streamlit as st

from components.serving import server

settings = server.chosen_settings()
app = st.App(Path(__file__).with_name("app.py"), **server.around(settings))

if __name__ == "__main__":
    sys.exit(server.run(app, settings))
