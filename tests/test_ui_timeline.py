"""Sources that differ stand on a strip in the order of their dates, and no label covers another."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from ui_parsed import Parsed
from ui_stand_in import ARTICLES, StandIn, cite

from rag.schema import Claim, PartialDate
from ui.render import conversation
from ui.texts import FRENCH
from ui.timeline import timeline
from ui.turns import Turn

DEPOT = ARTICLES[0]
TURN = Turn(3, "?")


def claim(number: int, published: str | None, speaker: str | None = None) -> Claim:
    date = PartialDate.parse(published) if published else None
    at = DEPOT.text.index("42 rames")
    cited = replace(cite(DEPOT, "42 rames neuves", number), published=date, bare=(at, at + 8))
    return Claim(cited.quote, (cited,), "quoted", as_of=date, speaker=speaker)


def points(markup: str) -> list[tuple[float, str]]:
    """Each point's place from left to right and its number."""
    found = re.findall(r'class="rank" x="([\d.]+)%".*?>(\d+)</text>', markup)
    return [(float(x), number) for x, number in found]


def test_points_stand_in_order_of_time_with_value_speaker_and_date() -> None:
    strip = timeline(TURN, [claim(1, "2014-12", "le ministre"), claim(2, "2020-01")], "change", "fr")
    (first, one), (second, two) = points(strip)
    assert (one, two) == ("1", "2")
    assert first < second
    text = Parsed(strip).text
    for part in (FRENCH.change, "42 rames", "selon le ministre", "décembre 2014", "Le Courrier", "janvier 2020"):
        assert part in text


def test_each_point_leads_to_its_proof_and_says_its_facts() -> None:
    page = Parsed(timeline(TURN, [claim(1, "2014"), claim(2, None)], "contradiction", "fr"))
    links = [attributes for tag, attributes in page.elements if tag == "a"]
    assert [link["href"] for link in links] == ["#source-3-1", "#source-3-2"]
    assert links[1]["aria-label"] == "date inconnue, Le Courrier : « 42 rames »"
    assert FRENCH.contradiction in page.text


@pytest.mark.parametrize(
    "dates", [["2020"], ["2020", "2020"], ["2020-01-01", "2020-01-02", "2024"], [None, None]], ids=str
)
def test_labels_of_near_dates_stand_in_lanes_of_their_own(dates: list[str | None]) -> None:
    strip = timeline(TURN, [claim(n, date) for n, date in enumerate(dates, start=1)], "change", "fr")
    values = re.findall(r'x="([\d.]+)%" text-anchor="\w+" class="value" y="(\d+)"', strip)
    assert len(values) == (len(dates) if len(dates) > 1 else 0)
    for index, (x, y) in enumerate(values):
        assert 0 <= float(x) <= 100
        for other_x, other_y in values[:index]:
            assert abs(float(x) - float(other_x)) >= 15 or y != other_y


def test_what_is_undated_stands_behind_the_axis_and_no_disc_hides_another() -> None:
    dates = ["2020-01-07", None, "2020-01", None, "2020-01-07"]
    strip = timeline(TURN, [claim(n, date) for n, date in enumerate(dates, start=1)], "change", "fr")
    found = points(strip)
    assert [number for _, number in found] == ["3", "1", "5", "2", "4"]
    assert all(x + 4 <= other for (x, _), (other, _) in itertools.pairwise(found))
    axis = re.search(r'class="axis" x1="[\d.]+%" x2="([\d.]+)%"', strip)
    assert axis
    assert found[2][0] < float(axis[1]) < found[3][0]


def test_twenty_claims_are_still_a_strip() -> None:
    strip = timeline(TURN, [claim(n, f"20{n:02d}") for n in range(1, 21)], "change", "fr")
    assert len(points(strip)) == 12
    assert Parsed(strip).inert()


def test_the_same_facts_stand_as_text_beside_the_strip() -> None:
    answer = StandIn().ask("désaccord")
    text = Parsed(conversation((Turn(1, "?", answer),), "fr")).text
    assert "7 mai 2019 · Le Courrier" in text
    assert "février 2020 · selon les conducteurs" in text


def test_a_hostile_speaker_is_text() -> None:
    strip = timeline(TURN, [claim(1, "2014", "<img src=x onerror=alert(1)>"), claim(2, "2020")], "change", "fr")
    assert Parsed(strip).inert()
