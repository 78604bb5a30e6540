"""Changes: what is different between two days, in words."""

from components import changes as compared
from components.ui import changes, frame

view, _ = frame.current()
since = frame.asked().since or compared.day_before_last_tranche(view)

changes.days(view, since)
before, after = frame.two_days(view, since)
changes.summary(before, after)
changes.listing(before, after)
