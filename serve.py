"""The server: ``python serve.py`` is app.py with compression, an API, a feed, and safety."""

import sys
from pathlib import Path

import streamlit as st

from components.serving import server

settings = server.settings_or_exit()
app = st.App(Path(__file__).with_name("app.py"), **server.app_arguments(settings))

if __name__ == "__main__":
    sys.exit(server.run(app, settings))
