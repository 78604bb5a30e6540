"""The peer: the charts of the overview in a Dash app with compression, as the speed to reach."""

import sys

import flask_compress
from dash import Dash, dcc, html

from benchmarks.server import HOST, ROOT
from components.basics.palette import screen_theme
from components.exhibits import registry
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from components.words import wording

CHARTS = ("by-state", "map", "progress", "by-project", "stages", "by-sector", "over-time")
WIDTH = 560


class CompressedFiles(dict[str, bytes]):
    """A cache of compressed files, with the methods that Flask-Compress calls."""

    def set(self, key: str, body: bytes) -> None:
        """Store a body."""
        self[key] = body


def app() -> Dash:
    """Build the app: title, figures and charts, the map drawn by Plotly as in our pictures."""
    view = Baseline.of(load(ROOT / "data")).view(ProjectFilter())
    theme = screen_theme("light", width=WIDTH)
    peer = Dash(__name__, compress=False)
    # Its files are compressed once, not at every visit, like ours.
    peer.server.config["COMPRESS_CACHE_KEY"] = lambda request: request.full_path
    peer.server.config["COMPRESS_CACHE_BACKEND"] = CompressedFiles
    flask_compress.Compress(peer.server)
    figures = [html.P(f"{figure.text} {figure.label}") for figure in wording.figures(view)]
    charts = [
        dcc.Graph(figure=registry.exhibit(name, view).draw(theme), config={"displayModeBar": False})
        for name in CHARTS
    ]
    peer.layout = html.Div([html.H1(view.pledge.title), *figures, *charts])
    return peer


if __name__ == "__main__":
    app().run(host=HOST, port=int(sys.argv[1]), debug=False)
