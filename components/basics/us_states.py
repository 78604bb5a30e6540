"""The USPS codes and names of the states, the District of Columbia and the territories."""

from difflib import get_close_matches
from typing import Final

from components.basics.messages import Labels

STATE_NAMES: Final = Labels(
    {
        "AL": "Alabama",
        "AK": "Alaska",
        "AZ": "Arizona",
        "AR": "Arkansas",
        "CA": "California",
        "CO": "Colorado",
        "CT": "Connecticut",
        "DE": "Delaware",
        "DC": "District of Columbia",
        "FL": "Florida",
        "GA": "Georgia",
        "HI": "Hawaii",
        "ID": "Idaho",
        "IL": "Illinois",
        "IN": "Indiana",
        "IA": "Iowa",
        "KS": "Kansas",
        "KY": "Kentucky",
        "LA": "Louisiana",
        "ME": "Maine",
        "MD": "Maryland",
        "MA": "Massachusetts",
        "MI": "Michigan",
        "MN": "Minnesota",
        "MS": "Mississippi",
        "MO": "Missouri",
        "MT": "Montana",
        "NE": "Nebraska",
        "NV": "Nevada",
        "NH": "New Hampshire",
        "NJ": "New Jersey",
        "NM": "New Mexico",
        "NY": "New York",
        "NC": "North Carolina",
        "ND": "North Dakota",
        "OH": "Ohio",
        "OK": "Oklahoma",
        "OR": "Oregon",
        "PA": "Pennsylvania",
        "RI": "Rhode Island",
        "SC": "South Carolina",
        "SD": "South Dakota",
        "TN": "Tennessee",
        "TX": "Texas",
        "UT": "Utah",
        "VT": "Vermont",
        "VA": "Virginia",
        "WA": "Washington",
        "WV": "West Virginia",
        "WI": "Wisconsin",
        "WY": "Wyoming",
        "AS": "American Samoa",
        "GU": "Guam",
        "MP": "Northern Mariana Islands",
        "PR": "Puerto Rico",
        "VI": "U.S. Virgin Islands",
    }
)
"""Every code a project's ``states`` may hold, with the name shown for it."""


def nearest(wanted: str) -> list[str]:
    """Return the codes of at most three states whose name or code is spelled like a text."""
    codes = {name.lower(): code for code, name in STATE_NAMES.english.items()}
    codes |= {name: code for code, name in STATE_NAMES.items()}
    codes |= {code.lower(): code for code in STATE_NAMES}
    near = get_close_matches(wanted.strip().lower()[:MAX_LETTERS], codes, n=3, cutoff=0.6)
    return list(dict.fromkeys(codes[text] for text in near))


MAX_LETTERS: Final = 40
