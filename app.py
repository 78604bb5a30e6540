"""The dashboard's frame: ``streamlit run app.py``."""

import streamlit as st

from components.ui import data, frame, memory, navigation
from components.ui.turns import turn

memory.settle()
reading = data.read()
page = st.navigation(navigation.pages(), position="hidden")
title = reading.baseline.dataset.pledge.title if reading.baseline else "Pledge tracker"
st.set_page_config(
    page_title=title if not page.url_path else f"{page.title}: {title}",
    page_icon=str(frame.ICON),
    layout="wide",
)
with turn:
    frame.draw(reading, page)
