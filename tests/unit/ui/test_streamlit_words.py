import re
from pathlib import Path

import streamlit

from components.basics import messages
from components.ui.streamlit_words import WORDS

FRONT_END = Path(streamlit.__file__).parent / "static" / "static" / "js"


def test_streamlit_still_says_every_word_that_is_replaced():
    said = "".join(file.read_text("utf-8") for file in FRONT_END.glob("*.js"))
    gone = [word for word in WORDS if re.split(r"\{|apply$", word)[0] not in said]
    assert not gone


def test_no_word_is_replaced_by_itself():
    with messages.using("ja"):
        assert not [word for word in WORDS if messages._(word) == word]
