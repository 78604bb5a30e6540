"""Companies: who takes part in which project and in what role, and who has only an interest."""

from components.basics.messages import _
from components.ui import company_cards, frame, markup
from components.words import outlook

view, _window = frame.current()

markup.paragraph(_(outlook.COMPANIES_LEAD), kind="lead")
company_cards.request(view, frame.asked())
company_cards.listing(view, frame.asked())
