"""The dashboard's frame: ``streamlit run app.py``."""

import streamlit as st

from components.ui import data, frame

reading = data.read()
st.set_page_config(
    page_title=reading.baseline.dataset.pledge.title if reading.baseline else "Pledge tracker",
    page_icon=str(frame.ICON),
    layout="wide",
)
page = st.navigation(
    [st.Page("components/pages/overview.py", title="Overview", url_path="overview", default=True)]
)
frame.draw(reading, page.run)
