import pytest

from components.basics.line_breaking import cut, longest, wrap


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        pytest.param("up to $40B shared", 11, ["up to $40B", "shared"], id="Latin at spaces"),
        pytest.param("ガス火力発電", 8, ["ガス火力", "発電"], id="Japanese anywhere"),
        pytest.param("発表額です。", 10, ["発表額で", "す。"], id="not before a closing mark"),
        pytest.param("発電（米国）", 6, ["発電", "（米", "国）"], id="not after a bracket"),
        pytest.param("全体で5500億ドル", 10, ["全体で", "5500億ドル"], id="a figure with its unit"),
        pytest.param(
            "計3400億円超です", 11, ["計", "3400億円超", "です"], id="and what is beyond it"
        ),
        pytest.param("米国の第1陣です", 8, ["米国の", "第1陣で", "す"], id="an ordinal"),
        pytest.param("は2026年10月10日", 7, ["は", "2026年", "10月", "10日"], id="parts of a day"),
        pytest.param("今後3分野の発表", 8, ["今後", "3分野の", "発表"], id="a unit of two signs"),
        pytest.param("正月日本", 4, ["正月", "日本"], id="a counter alone breaks as any sign"),
    ],
)
def test_a_text_breaks_where_its_script_allows_it(text: str, limit: int, lines: list[str]):
    assert wrap(text, limit) == lines


def test_the_longest_piece_is_a_figure_with_all_that_stays_with_it():
    assert longest("計は5500億ドル超") == len("5500") + 2 * len("億ドル超")


def test_a_cut_leaves_no_opening_sign_at_the_end():
    assert cut("発表額（第1陣）", 9) == "発表額"
    assert cut("発表額（第1陣）", 10) == "発表額"
    assert cut("次第です", 4) == "次第"
