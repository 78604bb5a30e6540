"""The dashboard's frame: ``streamlit run app.py``."""

import streamlit as st

from components.basics import messages
from components.basics.formatting import labelled
from components.basics.palette import ICON
from components.ui import data_folder, frame, navigation, runtime, session

runtime.limit_garbage_collection()
language, is_asked = session.language()
messages.use(language, is_asked=is_asked)
reading = data_folder.read().in_language()
page = st.navigation(navigation.pages(), position="hidden")
title = reading.baseline.dataset.pledge.title if reading.baseline else "Pledge tracker"
st.set_page_config(
    page_title=labelled(page.title, title) if page.url_path else title,
    page_icon=str(ICON),
    layout="wide",
)
with runtime.page_semaphore:
    frame.draw(reading, navigation.info_of(page), path=page.url_path, run=page.run)
