import contextlib
import json
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from rag import Assistant, Settings
from rag.answering.checking import LONGEST_TEXT, MOST_STATEMENTS, check_statements
from rag.cli import main
from rag.errors import QuestionError, UsageError
from rag.index.embedding import Encoder, open_encoder
from rag.index.passages import split
from rag.schema import Article, Evidence, Finding

OSLO = Article.from_text(
    "La Norvège compte quelque 200 soldats au Mali, dont 160 sont affectés à la formation de l’armée malienne. "
    "La coalition compte entre autres 500 soldats canadiens, 400 britanniques et 120 allemands. "
    "Le général Paul Martin a été tué le 3 janvier par un tir de drone américain devant l’aéroport de Bamako. "
    "Anne Berg est la secrétaire générale de l’alliance.",
    title="Les troupes au Mali",
    published="2020-01-07",
    outlet="Le Phare",
    language="fr",
    id="oslo",
)
PARIS = Article.from_text(
    "Les Touaregs n’ont pas quitté le Mali. Les forces danoises ont quitté le Niger, a déclaré le porte-parole de "
    "l’armée nigérienne. Berlin n’a pas l’intention de retirer ses conseillers de Bamako. "
    "Le parlement a voté en faveur du retrait des troupes étrangères. Le colonel Marc Dupuis aurait fui au Tchad. "
    "L’ambassade restera-t-elle ouverte à Niamey ? Plus de 1 400 soldats italiens sont déployés au Tchad.",
    title="Qui part, qui reste",
    published="2021-03",
    language="fr",
    id="paris",
)
LATER = Article.from_text(
    "La Norvège compte désormais 90 soldats au Mali.", title="Plus tard", published="2022-05-02", id="later"
)
ARTICLES = {article.id: article for article in (OSLO, PARIS, LATER)}

Check = Callable[[str], tuple[Finding, ...]]


def everything(_: str) -> list[Evidence]:
    return [Evidence(passage, 1.0, 1.0, 1.0) for article in ARTICLES.values() for passage in split(article)]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder(Settings())


@pytest.fixture(scope="module")
def check(encoder: Encoder) -> Check:
    return lambda text: check_statements(text, everything, ARTICLES, encoder)


@pytest.mark.parametrize(
    ("statement", "standing"),
    [
        ("La coalition compte 400 soldats britanniques.", "supported"),
        ("Paul Martin a été tué le 3 janvier 2020.", "supported"),
        ("En janvier 2020, la coalition comptait 120 soldats allemands.", "supported"),
        ("Les Touaregs n'ont pas quitté le Mali.", "supported"),
        ("Est-ce que la coalition compte 500 soldats canadiens ?", "supported"),
        ("The coalition has 500 Canadian soldiers.", "supported"),
        ("Les Touaregs ont quitté le Mali.", "contradicted"),
        ("Les Touaregs ont-ils quitté le Mali ?", "contradicted"),
        ("La coalition compte 300 soldats canadiens.", "contradicted"),
        ("La coalition compte 400 soldats canadiens.", "contradicted"),
        ("Paul Martin a été tué le 4 janvier.", "contradicted"),
        ("Paul Martin a été tué le 3 janvier 2019.", "contradicted"),
        ("Paul Martin a été tué par un tir de drone français.", "contradicted"),
        ("Marie Roux est la secrétaire générale de l'alliance.", "contradicted"),
        ("Berlin a l'intention de retirer ses conseillers de Bamako.", "contradicted"),
        ("Berlin va retirer ses conseillers de Bamako.", "contradicted"),
        ("Le parlement a voté contre le retrait des troupes étrangères.", "contradicted"),
        ("The coalition has 900 Canadian soldiers.", "contradicted"),
        ("Les forces danoises ont quitté le Niger.", "mixed"),
        ("Marc Dupuis a fui au Tchad.", "mixed"),
        ("La Norvège compte 200 soldats au Mali.", "mixed"),
        ("Les forces danoises ont quitté le Niger, selon l'armée nigérienne.", "supported"),
        ("Les Touaregs ont quitté le Tchad.", "absent"),
        ("La coalition compte 500 chars canadiens.", "absent"),
        ("La Suède compte 200 soldats au Tchad.", "absent"),
        ("1 450 soldats italiens sont déployés au Tchad.", "absent"),
        ("L'ambassade restera ouverte à Niamey.", "absent"),
        ("Ils ont quitté.", "absent"),
        ("Le prix du pain a doublé.", "absent"),
        ("The price of bread has doubled.", "absent"),
    ],
)
def test_a_statement_is_borne_out_denied_told_or_not_there(check: Check, statement: str, standing: str) -> None:
    [finding] = check(statement)
    assert (finding.statement, finding.standing) == (statement, standing)
    assert bool(finding.supporting) == (standing in {"supported", "mixed"})
    assert bool(finding.contradicting) or standing != "contradicted"
    for citation in (*finding.supporting, *finding.contradicting):
        assert ARTICLES[citation.article_id].text[citation.start : citation.end] == citation.quote


def test_a_number_that_changed_is_shown_on_both_sides_with_its_date(check: Check) -> None:
    [finding] = check("La Norvège compte 200 soldats au Mali.")
    assert [str(citation.published) for citation in finding.supporting] == ["2020-01-07"]
    assert [str(citation.published) for citation in finding.contradicting] == ["2022-05-02"]


def test_what_somebody_is_quoted_as_saying_shows_who(check: Check) -> None:
    [finding] = check("Les forces danoises ont quitté le Niger.")
    assert "a déclaré le porte-parole" in finding.supporting[0].quote
    assert finding.contradicting == ()


def test_each_sentence_is_a_statement_and_a_sentence_cited_twice_has_one_number(check: Check) -> None:
    text = "La coalition compte 400 soldats britanniques. Pourquoi ? Elle compte 120 soldats allemands au Mali !"
    first, second = check(f"{text} La coalition compte 300 soldats canadiens.")[::2]
    assert first.supporting[0].number == second.contradicting[0].number == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Combien de soldats la Norvège compte-t-elle ?", "is a question"),
        ("What did Anne Berg say?", "is a question"),
        ("... !", "states nothing"),
        ("La Norvège part. " * (MOST_STATEMENTS + 1), "51 statements"),
        ("x" * (LONGEST_TEXT + 1), "10001 characters"),
    ],
)
def test_what_cannot_be_true_or_false_is_refused_with_the_next_step(check: Check, text: str, complaint: str) -> None:
    with pytest.raises(QuestionError, match=complaint):
        check(text)


def test_no_passages_leave_everything_absent(encoder: Encoder) -> None:
    [finding] = check_statements("La Norvège compte 200 soldats au Mali.", lambda _: [], ARTICLES, encoder)
    assert (finding.standing, finding.supporting, finding.contradicting) == ("absent", (), ())


@given(st.text("aLe né pas 5.2,«»()' MaliNorvège?\n") | st.text(max_size=200))
def test_any_text_gets_findings_or_a_plain_refusal(check: Check, text: str) -> None:
    findings: tuple[Finding, ...] = ()
    with contextlib.suppress(QuestionError):
        findings = check(text)
    for finding in findings:
        assert finding.statement in text
        assert (finding.standing == "absent") == (not finding.supporting and not finding.contradicting)


def test_a_hostile_statement_takes_little_time(check: Check) -> None:
    started = time.process_time()
    check("1" * 5_000 + "(" * 4_900)
    check("ne quitte pas " * 700)
    assert time.process_time() - started < 5


def test_the_seeds_deny_what_they_deny(assistant: Assistant) -> None:
    findings = assistant.check("Les Peshmerga ont quitté le Kurdistan. Les États-Unis quittent l'Irak.")
    assert [finding.standing for finding in findings] == ["absent", "contradicted"]
    [denial] = findings[1].contradicting[:1]
    article = assistant.article(denial.article_id)
    assert article is not None
    assert article.text[denial.start : denial.end] == denial.quote
    assert (SEEDS / f"{denial.article_id}.txt").exists()


def test_what_came_later_is_not_known_then(assistant: Assistant) -> None:
    claim = "La coalition compte une soixantaine de pays."
    assert assistant.check(claim)[0].standing == "supported"
    assert assistant.check(claim, as_of="2020-12")[0].standing == "absent"
    with pytest.raises(UsageError, match="not a date"):
        assistant.check(claim, as_of="bientôt")


@pytest.fixture
def handlers_restored() -> Iterator[None]:
    """The command line takes over SIGTERM, which here belongs to pytest."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("handlers_restored")
def test_the_command_prints_each_statement_with_its_quotes(
    assistant: Assistant, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = "La coalition compte 300 soldats canadiens."
    assert main(["check", f"{claim} Il neige.", "--corpus", str(seeds)]) == 0
    first, proof, second = capsys.readouterr().out.splitlines()
    assert first == f"CONTRADICTED: {claim}"
    assert proof.startswith("against: « La coalition compte entre autres 500 soldats canadiens")
    assert "[1] | janvier 2020 | 000_29e14442270b4512, characters " in proof
    assert second == "ABSENT: Il neige."
    assert main(["check", claim, "--corpus", str(seeds), "--json"]) == 0
    [finding] = json.loads(capsys.readouterr().out)
    assert (finding["standing"], finding["contradicting"][0]["number"]) == ("contradicted", 1)


@pytest.mark.usefixtures("handlers_restored")
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["check", "Combien de pays la coalition compte-t-elle ?"], "put it to `depeche ask`"),
        (["check", "   "], "is empty"),
        (["check", "La coalition part.", "--as-of", "bientôt"], "not a date"),
    ],
    ids=["a question", "nothing", "no date"],
)
def test_the_command_refuses_in_one_line(
    assistant: Assistant, seeds: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert main([*arguments, "--corpus", str(seeds)]) == 2
    told = capsys.readouterr()
    assert complaint in told.err
    assert (told.out, told.err.count("\n")) == ("", 1)


MIMAS = Article.from_text(
    "Mimas tourne autour de Saturne en moins d’un jour. Elle n’a jamais été visitée par un robot. "
    "L’agence n’a pas modifié son programme. Le directeur a salué les photographies prises par la sonde Cassini. "
    "Paul Dorval a manqué le lancement de la sonde, faute de billet.",
    title="Mimas, une lune de Saturne",
    published="2031-02-03",
    language="fr",
    id="mimas",
)


@pytest.fixture(scope="module")
def astronomy() -> Iterator[Assistant]:
    with Assistant.from_articles([MIMAS]) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("statement", "quoted"),
    [
        ("Mimas a été visitée par un robot.", "Elle n’a jamais été visitée par un robot."),
        ("L'agence de Saturne a changé son programme.", "L’agence n’a pas modifié son programme."),
        ("La sonde Cassini a pris des photographies de Mimas.", "photographies prises par la sonde Cassini"),
        ("Marie Roux a manqué le lancement de la sonde.", None),
        ("Le prix du pain a doublé à Valmer.", None),
    ],
)
def test_what_would_answer_whether_it_is_so_comes_near_but_neither_proves_nor_denies_it(
    astronomy: Assistant, statement: str, quoted: str | None
) -> None:
    [finding] = astronomy.check(statement)
    assert (finding.standing, finding.supporting, finding.contradicting) == ("absent", (), ())
    assert len(finding.nearest) == (quoted is not None)
    for citation in finding.nearest:
        assert quoted is not None
        assert quoted in citation.quote
        assert MIMAS.text[citation.start : citation.end] == citation.quote
        assert citation.number == 1


@pytest.mark.parametrize(
    ("sentence", "statement", "standing"),
    [
        ("Le maire n'a jamais signé l'accord avec Norvik.", "Le maire a signé l'accord avec Norvik.", "contradicted"),
        ("Le maire n'a pas que signé l'accord avec Norvik.", "Le maire a signé l'accord avec Norvik.", "supported"),
        ("Le maire n'en a pas moins signé l'accord de Norvik.", "Le maire a signé l'accord de Norvik.", "supported"),
        ("Paul Dorval est plus que jamais favorable au tramway.", "Paul Dorval est favorable au tramway.", "supported"),
        ("The mayor did not sign the Norvik deal until Monday.", "The mayor did sign the Norvik deal.", "supported"),
        ("The group Norvik is no longer active in France.", "The group Norvik is active in France.", "contradicted"),
        ("The group Norvik is no longer active in France.", "The group Norvik was active in France.", "absent"),
        ("The mayor of Norvik no longer backs the tram.", "The mayor of Norvik has never backed the tram.", "absent"),
        ("Les tensions de Norvik se sont accrues lundi.", "Les tensions de Norvik se sont apaisées.", "contradicted"),
        ("Le maire de Norvik a reporté la fête du port.", "Le maire de Norvik a annulé la fête du port.", "absent"),
        ("The mayor of Norvik will apply the new treaty.", "The mayor of Norvik will veto the new treaty.", "absent"),
        ("La base compte 200 Danois et 120 Norvégiens.", "La base compte 120 Norvégiens.", "supported"),
        ("Le préfet Jean Norvik a interdit la marche.", "Jean Norvik a autorisé la marche.", "contradicted"),
        ("Norvik demande la fin des péages du pont.", "Norvik demande le maintien des péages du pont.", "contradicted"),
        ("Norvik ferme temporairement le port.", "Norvik ferme définitivement le port.", "contradicted"),
        ("The Norvik share crashed to a record low.", "The Norvik share fell to a record low.", "supported"),
        ("The end: nobody at Norvik signed the deal.", "Norvik did not sign the deal.", "absent"),
        ("Personne n'a signé le traité de Norvik.", "Le traité de Norvik a été signé.", "contradicted"),
        ("Rien ne lie la ville de Norvik au traité.", "Le traité lie la ville de Norvik.", "contradicted"),
        ("Oslo a agi sans l'aide de Berne, ni celle de Norvik.", "Norvik a aidé Oslo à agir.", "absent"),
        ("La vente a eu lieu sans participation de Norvik.", "Norvik a participé à la vente.", "contradicted"),
        ("Une personne ne répond plus à Norvik.", "Une personne répond à Norvik.", "contradicted"),
    ],
)
def test_negations_and_opposites_are_of_what_is_said(sentence: str, statement: str, standing: str) -> None:
    language = "en" if sentence.startswith("The") else "fr"
    article = Article.from_text(sentence, title="Le port", published="2031-02-03", language=language, id="port")
    with Assistant.from_articles([article]) as assistant:
        [finding] = assistant.check(statement)
    assert finding.standing == standing


def test_the_country_that_an_article_is_about_need_not_be_named_again() -> None:
    told = Article.from_text(
        "La mission reste en Norvège. Le plus gros contingent de la mission est danois. Rien ne change en Norvège.",
        title="La mission en Norvège",
        published="2031-02-03",
        language="fr",
        id="mission",
    )
    two = Article.from_text(
        "La mission reste en Norvège. Une autre part en Suède. Le plus gros contingent de la mission est danois.",
        title="Deux missions",
        published="2031-02-03",
        language="fr",
        id="missions",
    )
    for article, standing in ((told, "supported"), (two, "absent")):
        with Assistant.from_articles([article]) as assistant:
            finding = assistant.check("Le plus gros contingent de la mission en Norvège est danois.")[0]
            assert finding.standing == standing


@pytest.mark.parametrize(
    ("sentence", "statement", "twisted"),
    [
        (
            "Norvik a annoncé le retrait d'une partie de son personnel.",
            "Norvik a annoncé le retrait d'une partie de son personnel.",
            "Norvik a annoncé le retrait de tout son personnel.",
        ),
        (
            "Anne Berg est la troisième maire de Norvik visée par une enquête.",
            "Anne Berg est la troisième maire de Norvik visée par une enquête.",
            "Anne Berg est la première maire de Norvik visée par une enquête.",
        ),
        (
            "Le port de Norvik est le deuxième plus grand port du pays.",
            "Le port de Norvik est le deuxième plus grand du pays.",
            "Le port de Norvik est le plus grand port du pays.",
        ),
        (
            "The Norvik launch will not take place until Friday.",
            "The Norvik launch will not take place until Friday.",
            "The Norvik launch will take place before Friday.",
        ),
        (
            "Anne Berg est la petite-fille de Paul Norvik.",
            "Anne Berg est la petite-fille de Paul Norvik.",
            "Anne Berg est la fille de Paul Norvik.",
        ),
        (
            "L'ancien maire Paul Norvik a signé le traité.",
            "Paul Norvik, ancien maire, a signé le traité.",
            "Le maire Paul Norvik a signé le traité.",
        ),
        (
            "The ferry goes from Norvik to Arden.",
            "The ferry goes from Norvik to Arden.",
            "The ferry goes from Arden to Norvik.",
        ),
        (
            "Le parlement de Norvik a demandé lundi au gouvernement de partir.",
            "Le parlement de Norvik a demandé au gouvernement de partir.",
            "Le gouvernement de Norvik a demandé au parlement de partir.",
        ),
        (
            "La base de Norvik compte 1 400 soldats, dont 800 qui gardent le port.",
            "La base de Norvik compte 1 400 soldats.",
            "1 400 soldats de la base de Norvik gardent le port.",
        ),
        (
            "Le conseil de Norvik a lancé une procédure visant à destituer Anne Berg.",
            "Le conseil de Norvik a lancé une procédure visant à destituer Anne Berg.",
            "Le conseil de Norvik a destitué Anne Berg.",
        ),
        (
            "The Norvik council will consider a bill that bans cars.",
            "The Norvik council will consider a bill that bans cars.",
            "The Norvik council passed a bill that bans cars.",
        ),
        (
            "Une fuite a forcé Norvik à reporter le départ du nouveau ferry.",
            "Norvik a reporté le départ du nouveau ferry.",
            "Norvik a reporté le départ du nouveau ferry en raison d'un orage.",
        ),
        (
            "The mayor says 12 of the 13 Norvik districts have approved the treaty.",
            "12 of the 13 Norvik districts have approved the treaty, the mayor says.",
            "The mayor says all 13 Norvik districts have approved the treaty.",
        ),
        (
            "Le maire dit que 12 des 13 quartiers de Norvik ont signé.",
            "12 des 13 quartiers de Norvik ont signé, dit le maire.",
            "Le maire dit que les 13 quartiers de Norvik ont signé.",
        ),
        (
            "Le conseil de Norvik a vendu le port mardi. Oriane proteste.",
            "Le conseil de Norvik a vendu le port mardi.",
            "Le conseil de Norvik a vendu le port à Oriane mardi.",
        ),
        (
            "The town of Norvik sold 40 boats, the mayor said.",
            "The mayor said the town of Norvik sold 40 boats.",
            "The town of Norvik announced 40 boats.",
        ),
        ("Le pont de Norvik rouvrira mardi.", "Le pont de Norvik va rouvrir mardi.", "Le pont de Norvik est rouvert."),
        (
            "The Norvik buoy was moved two miles closer to the harbour.",
            "The Norvik buoy was moved two miles closer to the harbour.",
            "The Norvik buoy was moved two miles further to the harbour.",
        ),
        (
            "The Norvik mayor says Berg's move to endorse Dorval breaks with a decision by Arnal to back Noiret.",
            "The Norvik mayor says Berg's move to endorse Dorval breaks with a decision by Arnal.",
            "Arnal endorsed Dorval.",
        ),
    ],
)
def test_a_small_word_makes_another_fact_of_it(sentence: str, statement: str, twisted: str) -> None:
    language = "en" if sentence.startswith("The") else "fr"
    article = Article.from_text(sentence, title="Le port", published="2031-02-03", language=language, id="port")
    with Assistant.from_articles([article]) as assistant:
        assert assistant.check(statement)[0].standing != "contradicted"
        assert assistant.check(twisted)[0].supporting == ()


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("Le tribunal de Norvik a relaxé Paul Berg accusé de vol.", "Le tribunal de Norvik a innocenté Paul Berg."),
        ("The council of Norvik will keep 30 soldiers to the end of May.", "Norvik will retain 30 soldiers in May."),
        ("Le maire de Norvik refuse la fin de la gratuité.", "Le maire de Norvik veut le maintien de la gratuité."),
        ("Le port de Norvik est ouvert mardi soir.", "Le port de Norvik est ouvert mardi matin."),
        ("Un incendie a détruit l'école de Norvik.", "Un incendie a touché un bâtiment à Norvik."),
        ("Paul Berg marche lentement dans la ville de Norvik.", "Paul Berg vit dans la ville de Norvik."),
        ("Une seule personne n'a volé que du pain à Norvik.", "Une personne a volé du pain à Norvik."),
        ("Personne d'autre que Paul Berg n'a signé à Norvik.", "Paul Berg a signé à Norvik."),
        ("Nul doute que Norvik ne signera le traité.", "Norvik signera le traité."),
        (
            "Paul Berg, député de l'Aulne, a quitté le parti Norvik En Marche.",
            "La députée du Nord Anne Roux a quitté le parti Norvik En Marche.",
        ),
    ],
)
def test_what_may_be_so_is_not_denied(sentence: str, statement: str) -> None:
    language = "en" if sentence.startswith("The") else "fr"
    article = Article.from_text(sentence, title="Le port", published="2031-02-03", language=language, id="port")
    with Assistant.from_articles([article]) as assistant:
        assert assistant.check(statement)[0].contradicting == ()


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("30 personnes, dont 12 enfants, sont mortes à Norvik.", "30 personnes sont mortes à Norvik."),
        (
            "Le conseil a réussi à vendre le port de Norvik.",
            "Le conseil a réussi à vendre le port de la ville de Norvik.",
        ),
        ("L'ancien ministre Paul Berg a quitté Norvik.", "L'ex-ministre Paul Berg a quitté Norvik."),
        ("The captain threw the keys of the Norvik ferry away.", "The keys of the Norvik ferry were thrown away."),
        ("Paul Berg célébra mardi la fête de Norvik.", "Paul Berg a célébré mardi la fête de Norvik."),
        ("Quelque 9 000 personnes ont fui Norvik.", "Environ 9 000 personnes ont fui Norvik."),
        (
            "Paul Berg a jugé que le port de Norvik est en danger.",
            "Paul Berg estime que le port de Norvik est en danger.",
        ),
    ],
)
def test_what_is_said_in_other_small_words_is_borne_out(sentence: str, statement: str) -> None:
    language = "en" if sentence.startswith("The") else "fr"
    article = Article.from_text(sentence, title="Le port", published="2031-02-03", language=language, id="port")
    with Assistant.from_articles([article]) as assistant:
        assert assistant.check(statement)[0].standing == "supported"


@pytest.mark.parametrize(
    ("published", "standing"), [("2031-12-15", "absent"), ("2032-01-15", "supported"), ("2031-01-15", "contradicted")]
)
def test_a_day_that_can_be_of_two_years_denies_neither(published: str, standing: str) -> None:
    text = "Le maire de Norvik a signé le traité du port le 3 janvier."
    article = Article.from_text(text, title="Le port", published=published, language="fr", id="port")
    with Assistant.from_articles([article]) as assistant:
        [finding] = assistant.check("Le maire de Norvik a signé le traité du port le 3 janvier 2032.")
    assert finding.standing == standing


def test_a_statement_too_long_to_be_asked_is_checked_by_its_words_alone(astronomy: Assistant) -> None:
    [finding] = astronomy.check(f"Mimas a été visitée par un robot {'fort ' * 120}utile.")
    assert (finding.standing, finding.nearest) == ("absent", ())


def test_what_is_only_reported_and_what_comes_nearest_is_told_on_the_command_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "mimas.jsonl").write_text(
        json.dumps({"id": "mimas", "title": MIMAS.title, "text": MIMAS.text, "published": "2031-02-03"}), "utf-8"
    )
    assert main(["check", "La sonde Cassini a pris des photographies de Mimas.", "--corpus", str(tmp_path)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "ABSENT: La sonde Cassini a pris des photographies de Mimas."
    assert told[1].startswith("nearest: « Le directeur a salué les photographies")
