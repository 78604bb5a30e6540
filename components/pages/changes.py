"""Changes: what is different between two days, in words."""

from components.subjects import difference as compared
from components.ui import difference_cards, frame

view, _ = frame.current()
since = frame.asked().since or compared.day_before_last_tranche(view)

difference_cards.days(view, since)
before, after = frame.two_days(view, since)
difference_cards.summary(before, after)
difference_cards.listing(before, after)
