"""Changes: what is different between two days, in words."""

from components.subjects import difference as compared
from components.ui import difference_cards, frame

view, _ = frame.current()
since = frame.asked().since or compared.day_before_last_tranche(view)
before, after = compared.between(view, since)
found = compared.groups(before, after, since=since)

difference_cards.presets(view, since)
difference_cards.days(view, since)
difference_cards.summary(before, after, since)
difference_cards.listing(found, before, after, since)
difference_cards.ways_out(found, view, since)
