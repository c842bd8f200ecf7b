"""Tests of what articles say about one thing at several times: agreement, change and contradiction."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pytest

from rag.answering.asking.question import Asked, analyse
from rag.answering.asking.wanted import has_happened, wants_newest, wants_oldest
from rag.answering.composing.stance import denies, stance
from rag.answering.timeline import Account, Line, Timeline, newest, oldest, timeline
from rag.schema import PartialDate

Told = tuple[str | None, str]  # the day of an article, and its sentence with the bare answer in brackets


def asked(question: str) -> Asked:
    """The question put to a corpus of a hundred passages that contain every stem ten times."""
    return analyse(question, lambda stem: 10, 100)


def account(
    told: Told, number: int = 0, *, speaker: str | None = None, context: str = "", score: float = 1.0
) -> Account:
    day, marked = told
    value = marked[marked.index("[") + 1 : marked.index("]")] if "[" in marked else None
    text = marked.replace("[", "").replace("]", "")
    published = PartialDate.parse(day) if day else None
    return Account(
        text, f"a{number}", 0, len(text), published, value, score - number / 100, context=context, speaker=speaker
    )


def told(question: str, *accounts: Told) -> Timeline:
    return timeline(asked(question), [account(one, number) for number, one in enumerate(accounts)])


SOLDIERS = "Combien de soldats danois y a-t-il en Norvège ?"
DEAD = "Combien de personnes ont péri dans l'incendie de Valmer ?"
CROWD = "Combien de personnes ont manifesté à Valmer ?"
OPEN = "Quand le port de Valmer ouvrira-t-il ?"
LEFT = "Les soldats danois ont-ils quitté la Norvège ?"

AGREEING = {
    "digits and words": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-03-07", "Il y a [cinq mille deux cents soldats] danois en Norvège."),
    ),
    "a rounded number": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-03-07", "La Norvège accueille [environ 5 000 soldats] danois."),
    ),
    "a bound that holds": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-03-07", "La Norvège accueille [plus de 5 000 soldats] danois."),
    ),
    "another noun": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-01-08", "La Norvège accueille [5.200 militaires] danois."),
    ),
    "a dozen": (
        DEAD,
        ("2020-01-07", "L'incendie de Valmer a fait [12 morts]."),
        ("2020-01-07", "L'incendie de Valmer a tué [une douzaine] de personnes."),
    ),
    "a date said twice": (
        OPEN,
        ("2020-01-07", "Le port de Valmer ouvrira [le 3 mars]."),
        ("2020-01-09", "Le port de Valmer ouvrira [en mars 2020]."),
    ),
    "a range of days and its first": (
        OPEN,
        ("2020-01-07", "Le port de Valmer ouvrira [le 3 mars]."),
        ("2020-01-09", "Le port de Valmer ouvrira [du 3 mars au 5 mai]."),
    ),
    "to stay and not to leave": (
        LEFT,
        ("2020-01-07", "Les soldats danois restent en Norvège."),
        ("2020-01-09", "Les soldats danois n'ont pas quitté la Norvège."),
    ),
    "two of one mind": (
        LEFT,
        ("2020-01-07", "Les soldats danois ont quitté la Norvège."),
        ("2020-01-09", "Les soldats danois se sont retirés de Norvège."),
    ),
}
CHANGED = {
    "months apart": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2021-12-07", "La Norvège accueille [1 400 soldats] danois."),
    ),
    "a toll that rises": (
        DEAD,
        ("2020-01-07", "L'incendie de Valmer a fait [12 morts]."),
        ("2020-01-09", "L'incendie de Valmer a fait [17 morts]."),
    ),
    "a new number that supersedes": (
        DEAD,
        ("2020-01-07", "L'incendie de Valmer a fait [17 morts]."),
        ("2020-01-07", "Le bilan de l'incendie de Valmer a été ramené à [12 morts]."),
    ),
    "a date put off": (
        OPEN,
        ("2020-01-07", "Le port de Valmer ouvrira [le 3 mars 2020]."),
        ("2020-02-20", "L'ouverture : le port de Valmer ouvrira finalement [le 5 mai 2020]."),
    ),
    "a number that takes another back": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-01-09", "La Norvège accueille [4 100 soldats] danois, et non 5 200 comme annoncé."),
    ),
    "a plan that takes a fact back": (
        "Combien coûte le pont de Valmer ?",
        ("2020-01-07", "Le pont de Valmer coûte [30 millions d'euros]."),
        ("2020-01-09", "Le pont de Valmer coûtera [46 millions d'euros] et non 30 millions d'euros."),
    ),
    "a day that was moved": (
        OPEN,
        ("2020-01-07", "Le port de Valmer ouvrira [le 3 mars 2020]."),
        ("2020-01-20", "L'ouverture : le port de Valmer ouvrira plus tard, c'est décalé du [3 mars au 5 mai]."),
    ),
    "gone since": (
        LEFT,
        ("2020-01-07", "Les soldats danois n'ont pas quitté la Norvège."),
        ("2020-06-07", "Les soldats danois ont quitté la Norvège."),
    ),
}
CONTRADICTED = {
    "one day, two numbers": (
        DEAD,
        ("2020-01-07", "L'incendie de Valmer a fait [12 morts]."),
        ("2020-01-07", "L'incendie de Valmer a fait [17 morts]."),
    ),
    "no day is known": (
        SOLDIERS,
        (None, "La Norvège accueille [5 200 soldats] danois."),
        ("2021-12-07", "La Norvège accueille [1 400 soldats] danois."),
    ),
    "a denial": (
        DEAD,
        ("2020-01-07", "L'incendie de Valmer a fait [12 morts]."),
        ("2020-01-08", "La mairie dément et parle de [17 morts] dans l'incendie de Valmer."),
    ),
    "to leave and to stay": (
        LEFT,
        ("2020-03-07", "Les soldats danois ont quitté la Norvège."),
        ("2020-03-08", "Les soldats danois restent en Norvège."),
    ),
    "left and not left": (
        LEFT,
        ("2020-03-07", "Les soldats danois ont quitté la Norvège."),
        ("2020-03-08", "Les Danois n'ont pas l'intention de retirer leurs soldats de Norvège."),
    ),
}
OTHER_THINGS = {
    "those who do something else": (
        "Combien de soldats danois gardent l'ambassade de Norvège ?",
        ("2020-01-07", "[40 soldats] danois gardent l'ambassade de Norvège."),
        ("2020-03-07", "La Norvège accueille [5 200 soldats] danois."),
    ),
    "people from their homes": (
        "Combien de maisons ont brûlé à Valmer ?",
        ("2020-01-07", "[Trois maisons] ont brûlé à Valmer."),
        ("2020-01-08", "À Valmer, le feu a brûlé et chassé [900 personnes] de leurs maisons."),
    ),
    "what another thing was cut to": (
        "Combien d'emplois l'offre du cartonnier gardait-elle ?",
        ("2020-01-07", "L'offre du cartonnier ne gardait que [95 emplois]."),
        ("2020-01-07", "La coopérative supprime [156 emplois], et non 180."),
    ),
    "until when it is shut": (
        OPEN,
        ("2020-01-07", "Le port de Valmer ouvrira [le 5 mai 2020]."),
        ("2020-01-09", "Le port de Valmer n'ouvrira pas jusqu'au [3 mars]."),
    ),
    "what a count costs": (
        "Combien de salariés de Valmer sont au chômage partiel ?",
        ("2020-01-07", "[900 salariés] de Valmer sont au chômage partiel, pour 3 millions d'euros."),
        ("2020-03-07", "Le chômage partiel des salariés de Valmer a coûté [8 millions d'euros]."),
    ),
    "another people": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-03-07", "La Norvège accueille [400 soldats] suédois."),
    ),
    "another place": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-03-07", "Le Mali accueille [400 soldats] danois."),
    ),
    "a part": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-03-07", "Les soldats danois en Norvège forment une armée, dont [160 soldats] sont médecins."),
    ),
    "a part that the question means": (
        "Combien de soldats danois forment des pilotes en Norvège ?",
        ("2020-01-07", "[160 soldats] danois forment des pilotes en Norvège."),
        ("2020-01-07", "La Norvège accueille [200 soldats] danois, dont 160 forment des pilotes."),
    ),
    "reinforcements": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-03-07", "La Norvège accueillera [400 soldats] danois supplémentaires."),
    ),
    "a plan": (
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-03-07", "Le Danemark prévoit d'avoir [400 soldats] danois en Norvège."),
    ),
    "the injured": (
        DEAD,
        ("2020-01-07", "L'incendie de Valmer a fait [12 morts]."),
        ("2020-01-07", "L'incendie de Valmer a fait [40 blessés]."),
    ),
    "a rate": (
        CROWD,
        ("2020-01-07", "[12.000 personnes] ont manifesté à Valmer."),
        ("2020-01-07", "[300 personnes] par jour ont manifesté à Valmer."),
    ),
    "another year": (
        "Combien de soldats danois y avait-il en Norvège en 2019 ?",
        ("2019-05-07", "La Norvège accueille [5 200 soldats] danois."),
        ("2020-03-07", "En 2014, la Norvège accueillait [400 soldats] danois."),
    ),
    "another colour": (
        "Combien de départements sont en vigilance rouge ?",
        ("2020-03-07", "[Treize départements] sont en vigilance rouge."),
        ("2020-03-07", "[53 départements] sont en vigilance orange."),
    ),
    "a date of something else that is over": (
        "Quand les travaux du pont de Valmer ont-ils commencé ?",
        ("2020-01-07", "Les travaux du pont de Valmer ont commencé [le 5 mai 2019]."),
        ("2020-03-09", "Les travaux du pont de Valmer ont été arrêtés [le 3 février 2020]."),
    ),
    "a deputy": (
        "Qui est le maire de Valmer ?",
        ("2020-01-07", "Le maire de Valmer est [Paul Dorval]."),
        ("2020-03-09", "L'adjoint au maire de Valmer est [Anne Berg]."),
    ),
    "the age of another thing": (
        "Quel âge a Paul Dorval ?",
        ("2020-01-07", "Paul Dorval a [82 ans]."),
        ("2020-03-09", "Le pont de Valmer a [143 ans]."),
    ),
    "another country's soldiers in one's service": (
        "Le Danemark quitte-t-il la Norvège ?",
        ("2020-01-07", "Le Danemark quitte la Norvège."),
        ("2020-01-08", "Les soldats suédois de la mission du Danemark restent en Norvège."),
    ),
    "somebody else than a country's parliament": (
        "Le parlement danois veut-il quitter la Norvège ?",
        ("2020-01-07", "Le parlement danois veut quitter la Norvège."),
        ("2020-01-08", "Les soldats danois veulent rester en Norvège."),
    ),
    "another fire": (
        DEAD,
        ("2020-01-07", "L'incendie de Valmer a fait [12 morts]."),
        ("2020-01-08", "L'incendie d'Orbec a fait [40 morts]."),
    ),
}


@pytest.mark.parametrize("case", AGREEING.values(), ids=AGREEING)
def test_sources_that_agree_are_one_line_with_all_of_them(case: tuple[str, Told, Told]) -> None:
    found = told(*case)
    assert found.differing is None
    assert [len(line.accounts) for line in found.lines] == [2]


@pytest.mark.parametrize("case", CHANGED.values(), ids=CHANGED)
def test_another_value_at_another_time_is_a_change(case: tuple[str, Told, Told]) -> None:
    found = told(*case)
    assert found.differing == "change"
    assert [line.accounts[0].article_id for line in found.lines] == ["a0", "a1"]


@pytest.mark.parametrize("case", CONTRADICTED.values(), ids=CONTRADICTED)
def test_another_value_at_the_same_time_is_a_contradiction(case: tuple[str, Told, Told]) -> None:
    found = told(*case)
    assert found.differing == "contradiction"
    assert len(found.lines) == 2


@pytest.mark.parametrize("case", OTHER_THINGS.values(), ids=OTHER_THINGS)
def test_nothing_is_in_conflict_with_what_speaks_of_something_else(case: tuple[str, Told, Told]) -> None:
    found = told(*case)
    assert found.differing is None
    assert [line.accounts[0].article_id for line in found.lines] == ["a0"]


def test_a_sentence_that_grants_the_other_side_stands_beside_it_and_contradicts_nothing() -> None:
    found = told(
        LEFT,
        ("2020-03-07", "Les soldats danois ont quitté la Norvège."),
        ("2020-03-08", "Malgré le retrait de vingt soldats danois, ils restent en Norvège."),
    )
    assert found.differing is None
    assert len(found.lines) == 2


def test_police_and_organisers_contradict_each_other_within_one_article() -> None:
    police = account(
        ("2020-01-07", "Selon la police, [12.000 personnes] ont manifesté à Valmer."), 1, speaker="la police"
    )
    union = account(
        ("2020-01-07", "[30.000 personnes] ont manifesté à Valmer, selon le syndicat."), 1, speaker="le syndicat"
    )
    found = timeline(asked(CROWD), [police, union])
    assert found.differing == "contradiction"
    assert {line.accounts[0].speaker for line in found.lines} == {"la police", "le syndicat"}


def test_one_article_that_gives_two_numbers_itself_is_in_no_conflict() -> None:
    one = account(("2020-01-07", "[12.000 personnes] ont manifesté à Valmer."), 1)
    two = account(("2020-01-07", "[30.000 personnes] ont manifesté à Valmer."), 1)
    assert timeline(asked(CROWD), [one, two]).differing is None


def test_lines_stand_oldest_first_whatever_the_scores_and_undated_ones_last() -> None:
    given = [
        account(("2021-12-07", "La Norvège accueille [1 400 soldats] danois."), 1),
        account((None, "La Norvège accueille [80 soldats] danois."), 2),
        account(("2020-01-07", "La Norvège accueille [5 200 soldats] danois."), 3),
    ]
    for order in itertools.permutations(given):
        found = timeline(asked(SOLDIERS), order)
        assert [line.value for line in found.lines] == ["5 200 soldats", "1 400 soldats", "80 soldats"]
        assert found.differing == "contradiction"


def test_a_name_may_stand_around_the_sentence() -> None:
    first = account(("2020-01-07", "La Norvège accueille [5 200 soldats] danois."), 1)
    second = account(
        ("2021-01-07", "Ils ne sont plus que [1 400 soldats]."), 2, context="Les soldats danois en Norvège"
    )
    assert timeline(asked(SOLDIERS), [first, second]).differing == "change"


def test_a_value_that_answers_something_else_gives_way_to_the_one_that_counts() -> None:
    found = told(SOLDIERS, ("2020-01-07", "Sur [deux bases], la Norvège accueille 5 200 soldats danois."))
    assert [line.value for line in found.lines] == ["5 200 soldats"]


def test_what_one_article_tells_side_by_side_is_of_two_things() -> None:
    fleet = "La Norvège met en alerte orages [47 ports] en alerte orange."
    heat = "La Norvège met aussi [53 ports] en alerte orange."
    storm = account(("2020-01-07", fleet), 1)
    other = account(("2020-01-07", heat), 1, score=0.9)
    agreeing = account(("2020-01-07", fleet), 2, score=0.8)
    ports = asked("Combien de ports la Norvège met-elle en alerte orange ?")
    assert timeline(ports, [storm, replace(other, start=80), agreeing]).differing is None
    assert timeline(ports, [storm, replace(other, article_id="a3")]).differing == "contradiction"


def test_a_number_without_a_noun_counts_what_the_sentence_before_counts() -> None:
    crowd = "La foule de Valmer comptait [2 500 personnes], selon les syndicats."
    first = account(("2020-01-07", crowd), speaker="les syndicats")
    second = account(("2020-01-07", "La préfecture, elle, n'en a compté que [900]."), context=first.text)
    found = timeline(asked("Combien de personnes y avait-il à Valmer ?"), [first, replace(second, start=90)])
    assert found.differing == "contradiction"
    assert [line.value for line in found.lines] == ["2 500 personnes", "900"]


def test_people_are_those_asked_about_where_the_article_is_about_them() -> None:
    question = asked("Combien de salariés le mouvement des marins a-t-il mis au chômage partiel ?")
    first = account(("2020-01-07", "Le chômage partiel dû au mouvement des marins touche [900 salariés]."))
    second = ("2020-03-07", "Le chômage partiel dû au mouvement a touché [1 500 personnes].")
    found = [timeline(question, [first, account(second, 1, context=about)]) for about in ("Les marins", "La poste")]
    assert [one.differing for one in found] == ["change", None]


def test_what_is_taken_back_is_known_by_its_value_whatever_it_counts() -> None:
    right = account(("2020-01-09", "Le musée de Valmer a perdu [14 objets], et non 17 comme annoncé."), 1)
    wrong = account(("2020-01-07", "Valmer : 17 pièces manquent, dit la direction."), 2, score=0.2)
    found = timeline(asked("Combien d'objets le musée de Valmer a-t-il perdus ?"), [right, wrong])
    assert found.differing == "change"
    assert [line.value for line in found.lines] == ["17 pièces", "14 objets"]


def test_a_sentence_that_sets_two_numbers_against_each_other_tells_the_other_side() -> None:
    first = account(("2020-01-07", "[31 personnes] sont restées bloquées dans le bac de Valmer."), 1)
    both = account(("2020-01-08", "Les pompiers parlent de [34 évacués], quand la mairie en compte 31."), 2, score=0.2)
    found = timeline(asked("Combien de personnes sont restées bloquées dans le bac ?"), [first, both])
    assert found.differing == "contradiction"
    assert [line.value for line in found.lines] == ["31 personnes", "34 évacués"]


def test_a_date_to_come_is_not_the_time_of_which_an_account_speaks() -> None:
    first = account(("2019-10-12", "Le pont de Valmer coûtera [38 millions d'euros] et ouvrira en mars 2021."))
    assert first.when == PartialDate(2019, 10, 12)


def test_a_better_sentence_is_not_put_aside_for_two_that_differ() -> None:
    best = account((None, "Le port de Valmer ouvrira au printemps."), 1)
    others = [account(told, place, score=0.2) for place, told in enumerate(CHANGED["a date put off"][1:], 2)]
    found = timeline(asked(OPEN), [best, *others])
    assert found.differing is None
    assert found.lines[0].accounts[0] == best


def test_of_accounts_that_agree_one_that_shows_its_date_is_quoted() -> None:
    undated = account((None, "Les soldats danois ont quitté la Norvège."), 1)
    dated = account((None, "Les soldats danois ont quitté la Norvège ce 3 mars."), 2, score=0.8)
    line = timeline(asked(LEFT), [undated, replace(dated, start=50)]).lines[0]
    assert line.accounts[0].text == dated.text


def test_what_is_weak_beside_the_best_is_left_out() -> None:
    strong = account(("2020-01-07", "La Norvège accueille [5 200 soldats] danois."), 1)
    weak = account(("2021-01-07", "La Norvège accueille [1 400 soldats] danois."), 2, score=0.03)
    assert timeline(asked(SOLDIERS), [strong, weak]).differing is None


def test_without_a_value_the_best_account_stands_alone() -> None:
    found = told("Pourquoi le port est-il fermé ?", ("2020-01-07", "Le port est fermé."), ("2020-01-08", "Il pleut."))
    assert found.differing is None
    assert [line.accounts[0].article_id for line in found.lines] == ["a0"]
    assert timeline(asked(SOLDIERS), []) == Timeline(None, ())


def test_the_newest_line_is_that_of_the_latest_article() -> None:
    found = told(*CHANGED["months apart"])
    latest = newest(found)
    assert latest is not None
    assert latest.value == "1 400 soldats"
    assert newest(Timeline(None, ())) is None


def test_the_oldest_line_is_that_of_the_earliest_article() -> None:
    earliest = oldest(told(*CHANGED["months apart"]))
    assert earliest is not None
    assert earliest.value == "5 200 soldats"
    later, sooner = (
        Account(text, text, 0, len(text)) for text in ("Il en a coûté 5.", "Il devait en coûter 3 au départ.")
    )
    said = Timeline("change", (Line("5", (later,)), Line("3", (sooner,))))
    assert oldest(said) is said.lines[1]
    assert oldest(Timeline(None, ())) is None


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Combien de guichets voulait-elle fermer au départ ?", True),
        ("Combien devait coûter le téléphérique à l'origine ?", True),
        ("Quelle date était d'abord prévue ?", True),
        ("How much was it to cost at first?", True),
        ("Combien de morts selon le premier bilan ?", True),
        ("Qui est à l'origine de la panne ?", False),
        ("Quels vols sont au départ de Valmer ?", False),
        ("Combien de coureurs étaient au départ ?", False),
        ("Qui en est à l'origine ?", False),
        ("Quel âge avait-il au départ à la retraite ?", False),
        ("Where is he originally from?", False),
        ("What did the court decide at first instance?", False),
        ("Quel était le premier chiffre d'affaires du groupe ?", False),
        ("Quelle était la première estimation ?", True),
    ],
)
def test_a_question_may_ask_for_the_first_state(question: str, wanted: bool) -> None:
    assert wants_oldest(question) is wanted


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Combien de soldats y a-t-il actuellement ?", True),
        ("Quel est le dernier bilan ?", True),
        ("Quel est le chiffre le plus récent ?", True),
        ("What is the most recent figure?", True),
        ("How many soldiers are there now?", True),
        ("Combien de soldats y a-t-il ?", False),
        ("Quel est le dernier film de Paul Dorval ?", False),
    ],
)
def test_a_question_may_ask_for_the_latest_state(question: str, wanted: bool) -> None:
    assert wants_newest(question) is wanted


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Les soldats danois ont quitté la Norvège.", True),
        ("Le retrait des soldats danois est achevé.", True),
        ("Les soldats danois n'ont pas quitté la Norvège.", False),
        ("Le Danemark refuse de retirer ses soldats.", False),
        ("Le Danemark n'a pas l'intention de retirer ses soldats.", False),
        ("Les soldats danois restent en Norvège.", False),
        ("Le ministre a fait part de sa joie.", None),
        ("Ce retrait suit une visite du roi danois.", None),  # whose, is told before
        ("Copenhague dément ce retrait.", False),
        ("Ce retrait a été confirmé par l'armée danoise.", True),
        ("Les soldats danois ont si vite quitté la Norvège.", True),
        ("Le roi chante, sans préciser si ses soldats quitteront la Norvège.", None),
        ("Le roi ne dit pas si ses soldats quitteront la Norvège.", None),
        ("Malgré le retrait de vingt soldats, le Danemark reste en Norvège.", False),
        ("Bien que le port soit resté ouvert, les soldats quittent la Norvège.", True),
        ("Malgré le retrait des soldats, le port est calme.", True),
        ("« Nous ne quittons pas la Norvège », a dit le ministre danois.", False),
    ],
)
def test_a_sentence_says_yes_or_no_or_neither(sentence: str, says: bool | None) -> None:
    assert stance(asked(LEFT), sentence, "fr") is says


@pytest.mark.parametrize(
    ("question", "sentence", "says"),
    [
        ("Les soldats danois sont-ils encore en Norvège ?", "Les soldats danois ont quitté la Norvège.", False),
        ("Les soldats danois sont-ils encore en Norvège ?", "Les soldats danois n'ont pas quitté la Norvège.", True),
        ("Are Danish soldiers still in Norway?", "Danish soldiers remain in Norway.", True),
        ("La fête a-t-elle été annulée ?", "La fête de Valmer est maintenue.", False),
        ("Le maire a-t-il repeint la halle ?", "Le maire n'a pas repeint la halle.", False),
        (
            "Y a-t-il encore des soldats danois à Valmer ?",
            "Le roi veut mettre fin à la présence de soldats.",
            None,
        ),
        ("Y a-t-il encore des soldats danois à Valmer ?", "Valmer compte des milliers de militaires danois.", True),
        ("Reste-t-il des soldats danois à Valmer ?", "Après la défaite militaire, un groupe reste à Valmer.", None),
    ],
)
def test_the_opposite_of_what_is_asked_says_no(question: str, sentence: str, says: bool | None) -> None:
    assert stance(asked(question), sentence, "en" if "remain" in sentence else "fr") is says


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("Le maire n'a pas fermé le port.", True),
        ("Le maire n'a pas l'intention de fermer le port.", True),
        ("Le maire, qui nie toute faute, a fermé le port en raison du vent.", False),
        ("Parce que le maire refuse de payer, le port a fermé.", False),
        ("Le port est resté ouvert.", False),
    ],
)
def test_only_not_denies_what_is_asked_the_reason_of(sentence: str, denied: bool) -> None:
    assert denies(asked("Pourquoi le maire a-t-il fermé le port ?"), sentence, "fr") is denied
    assert not denies(asked("Pourquoi le maire n'a-t-il pas fermé le port ?"), sentence, "fr")


BURNT = "Le moulin de Valmer a-t-il brûlé par un orage ou par une bougie ?"
GONE = "La troupe danoise est-elle partie de Valmer ou y reste-t-elle ?"
SENDS = "La flotte envoie-t-elle des renforts ou retire-t-elle ses marins ?"


@pytest.mark.parametrize(
    ("question", "sentence", "first"),
    [
        (BURNT, "Le moulin a brûlé après un orage.", True),
        (BURNT, "Une bougie a mis le feu au moulin.", False),
        (BURNT, "Ni un orage ni une bougie n'ont mis le feu au moulin.", None),
        (BURNT, "Le moulin date de 1820.", None),
        (GONE, "La troupe a quitté Valmer.", True),
        (GONE, "La troupe demeure à Valmer.", False),
        (GONE, "La troupe n'a pas quitté Valmer.", False),
        (SENDS, "La flotte va envoyer des renforts.", True),
        (SENDS, "La flotte a confirmé le retrait de ses marins.", False),
        ("Did the ship sink or did it burn?", "The ship burned for two days.", False),
        ("Le maire a-t-il été tué ou blessé ?", "Le maire n'a pas été tué mais blessé.", False),
        ("La compagnie a-t-elle gagné ou perdu de l'argent ?", "La compagnie a perdu 3 millions.", False),
        ("La compagnie a-t-elle gagné ou perdu de l'argent ?", "La compagnie a gagné beaucoup d'argent.", True),
        ("Le pont a-t-il été fermé deux ou trois jours ?", "Le pont a été fermé trois jours.", True),  # it was closed
        ("La mine d'or de Valmer a-t-elle fermé ?", "La mine a fermé en mai.", True),
        ("Le prix de l'or a-t-il augmenté ou baissé ?", "Le prix de l'or a baissé.", False),
        ("Le maire ou son adjoint a-t-il signé ?", "Le maire a signé.", True),  # somebody has
        ("La fête est-elle annulée ou non ?", "La fête est annulée.", True),
        ("Le moulin a-t-il brûlé par un orage ou avec une bougie ?", "Une bougie éclaire le moulin.", None),
    ],
)
def test_of_two_things_asked_a_sentence_says_one(question: str, sentence: str, first: bool | None) -> None:
    assert stance(asked(question), sentence, "en" if "ship" in question else "fr") is first


def test_what_has_happened_in_two_ways_is_a_contradiction_however_late_it_is_told() -> None:
    found = told(
        BURNT,
        ("2020-01-07", "Le moulin de Valmer a brûlé, frappé par un orage."),
        ("2021-03-07", "Le moulin de Valmer a brûlé à cause d'une bougie."),
    )
    assert found.differing == "contradiction"
    assert len(found.lines) == len("ab")


def test_what_is_told_of_something_else_is_no_side_of_a_choice() -> None:
    found = told(
        BURNT,
        ("2020-01-07", "Le moulin de Valmer a brûlé, frappé par un orage."),
        ("2021-03-07", "Une bougie éclaire l'église de Valmer."),
    )
    assert found.differing is None


def test_of_accounts_that_agree_one_of_a_dated_article_leads() -> None:
    accounts = [
        account((None, "En janvier, les soldats danois ont quitté la Norvège."), 0),
        account(("2020-01-07", "Les soldats danois ont quitté la Norvège."), 1),
        account((None, "Les soldats danois ont bien quitté la Norvège."), 2),
    ]
    (line,) = timeline(asked(LEFT), accounts).lines
    assert [one.article_id for one in line.accounts] == ["a1", "a0", "a2"]


def test_a_number_that_is_told_as_a_part_contradicts_nothing() -> None:
    found = told(
        SOLDIERS,
        ("2020-01-07", "La Norvège accueille [200 soldats] danois, dont 160 sont des médecins."),
        ("2020-01-08", "Les [160 soldats] danois restent en Norvège."),
    )
    assert found.differing is None
    assert [line.value for line in found.lines] == ["200 soldats", "160 soldats"]


def test_a_namesake_does_not_say_yes_for_somebody() -> None:
    found = told(
        "Paul Dorval a-t-il quitté la Compagnie Neptune ?",
        ("2020-01-07", "Paul Dorval a quitté la Compagnie Neptune."),
        ("2020-01-08", "Anne Dorval a quitté la Compagnie Neptune."),
    )
    assert [len(line.accounts) for line in found.lines] == [1]


@pytest.mark.parametrize(
    ("question", "happened"),
    [
        ("Quand le pont de Valmer a-t-il été ouvert ?", True),
        ("Quand ont commencé les travaux ?", True),
        ("date début travaux pont Valmer", True),
        ("When did the work on the bridge start?", True),
        ("When was the bridge supposed to open?", False),
        ("Pour quand l'ouverture a-t-elle été fixée ?", False),
        ("Quand ouvre le pont de Valmer ?", False),
        ("Quand a lieu le procès ?", False),
        ("Quand le match est-il programmé ?", False),
        ("Quand le programme spatial a-t-il commencé ?", True),
        ("When was the report published?", True),
    ],
)
def test_what_has_happened_has_one_date(question: str, happened: bool) -> None:
    assert has_happened(question) is happened


def test_an_english_question_compares_french_sentences() -> None:
    _, *accounts = CONTRADICTED["left and not left"]
    assert told("Did Danish soldiers leave Norway?", *accounts).differing == "contradiction"


@pytest.mark.parametrize("noise", ["1" * 10_000, "(" * 10_000, "plus de " * 1_200, "12 soldats " * 900])
def test_hostile_text_costs_no_more_than_its_length(noise: str) -> None:
    began = time.thread_time()
    told(SOLDIERS, ("2020-01-07", f"La Norvège accueille [5 200 soldats] danois {noise}."), ("2020-01-07", noise))
    assert time.thread_time() - began < 2
