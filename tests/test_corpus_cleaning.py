from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rag.corpus.characters import normalised
from rag.corpus.cleaning import clean
from rag.corpus.drafts import Cleaned

FIRST = "Le ministre a annoncé mardi le retrait de ses troupes, après des mois de négociations."
SECOND = "Les soldats partiront avant la fin du mois, a précisé son porte-parole à la presse."
TITLE = "Le pays retire ses troupes de la région"


def removed(cleaned: Cleaned) -> list[str]:
    return [piece.text for piece in cleaned.removed]


BOILERPLATE = [
    *("Accueil", "Accueil > Monde > Afrique", "Home / World / Middle East", "Accueil Dernières minutes Le Monde"),
    *("0", "12 commentaires", "3,4k vues", "Temps de lecture : 3 min", "5 min read"),
    *(
        "Lire aussi : Un autre titre",
        "À lire aussi Un autre titre",
        "Lire aussi:   L'autre titre",
        "Lire aussiUn autre titre",
    ),
    *(
        "► Lire également : un titre",
        "À lire : un titre",
        "A LIRE AUSSI | Un titre",
        "Voir aussi : un titre",
        "[Lire aussi : un titre]",
    ),
    *("Read more: another headline", "READ MORE: A headline", "See also: A headline", "Related:Another headline"),
    *("More: A headline", "You may also like", "Recommended stories", "Watch: A video", "Also read: A headline"),
    *("Article précédentUn autre titre", "Article suivantAutre : « citation ».", "Article suivant : Un titre"),
    *("Previous articleA headline", "Next post: A headline", "Next article →"),
    *(
        "source : http://exemple.org",
        "Source: https://exemple.org/a/b?c=d",
        "Source : Agence Exemple",
        "(Source : AFP)",
    ),
    *(
        "Source: Lire l'article complet de Le Journal",
        "… Lire la suite sur Le Journal",
        "Read the full article on The Paper",
    ),
    *("Crédit photo : Agence Exemple", "Photo credit: The Agency", "© Agence Exemple 2020"),
    *("*Organisation interdite dans ce pays", "*Le prénom a été modifié."),
    *("Partager", "Partager sur Facebook", "Partager cet article", "Facebook Twitter WhatsApp", "Share this article"),
    *("Facebook | Twitter | E-mail", "Tweet", "Imprimer"),
    *("Abonnez-vous à notre newsletter", "Inscrivez-vous à la newsletter pour ne rien manquer", "S’abonner"),
    *("Sign up for our newsletter", "Subscribe to The Paper", "Follow us on Twitter", "Suivez-nous sur Facebook"),
    *("Cet article est réservé aux abonnés", "Il vous reste 70% de cet article à lire", "Get the news in your inbox"),
    *("Nous utilisons des cookies pour améliorer le site.", "This website uses cookies", "Accepter les cookies"),
    *("Publicité", "- Publicité -", "Advertisement", "La suite après la publicité", "Article continues below"),
    *("Laisser un commentaire", "Tags : armée, région", "Tous droits réservés", "* * *", "___", "—"),
    *("Publié le 7 janvier 2020 à 12h30", "Mis à jour le 8 janvier 2020", "Updated May 13, 2021, 2:51 p.m. ET"),
    *("London CNN —", "Paris :, 31 déc. (Exemple.com) –", "PARIS, 7 janvier 2020 (AFP) -", "LONDON, Jan 7 (Reuters) -"),
    "date 2020-01",
]

TEXT = [
    "Lire est un plaisir, dit-elle.",
    "Voir la mer lui suffisait.",
    "Lire aussi vite que possible ne sert à rien.",
    "Read more slowly and you will understand.",
    "More than 1,500 soldiers left the country.",
    "More troops: the government hesitates.",
    "Next week the president will travel.",
    "Previous articles had suggested the opposite.",
    "Accueilli par son homologue, il a souri.",
    "Accueil des réfugiés : la ville se prépare",
    "Home prices have risen again.",
    "Home Office minister resigns",
    "2014",
    "QUI RESTE?",
    "Source d'inspiration, le roman a plu.",
    "Sources : selon plusieurs témoins, l'homme aurait fui vers la frontière avant l'aube, sans armes.",
    "* Sondage réalisé auprès de 1.004 personnes",
    "*Enquête menée auprès de 1.013 personnes",
    "*Gras* et maigre",
    "Partager le pouvoir, telle est la question.",
    "Partager l'eau",
    "Suivez en direct les résultats.",
    "Recevez mes excuses, a-t-il dit.",
    "La CNIL a condamné l'entreprise pour ses cookies.",
    "Publié chez un grand éditeur, cet ouvrage a plu.",
    "Publié en mai dans une revue, le texte a fait débat.",
    "Commentaires acides et rires ont fusé.",
    "- Vers un accord -",
    "Paris (AFP) - Le texte a été voté.",
    "Date limite : le 3 mars.",
    "« Nous partons. »",
    "1. Le premier point",
]


@pytest.mark.parametrize("line", BOILERPLATE)
def test_boilerplate_goes_wherever_it_stands(line: str) -> None:
    for lines in ([line, FIRST, SECOND], [FIRST, line, SECOND], [FIRST, SECOND, line]):
        cleaned = clean(normalised("\n".join(lines)), TITLE)
        assert cleaned.text == f"{FIRST}\n\n{SECOND}"
        assert removed(cleaned) == [" ".join(line.split(" ")).replace("   ", " ").strip()]


@pytest.mark.parametrize("line", TEXT)
def test_text_that_looks_a_little_like_boilerplate_stays(line: str) -> None:
    for lines in ([line, FIRST, SECOND], [FIRST, line, SECOND], [FIRST, SECOND, line]):
        cleaned = clean("\n".join(lines), TITLE)
        assert cleaned.text == "\n\n".join(lines)
        assert removed(cleaned) == []


def test_a_headline_below_its_marker_goes_with_it() -> None:
    text = f"{FIRST}\nLire aussi :\nUn autre titre sans rapport\nUne sous-partie\n{SECOND}"
    assert clean(text, TITLE).text == f"{FIRST}\n\nUne sous-partie\n\n{SECOND}"


def test_a_list_of_headlines_at_the_end_goes_as_a_whole() -> None:
    text = f"{FIRST}\n{SECOND}\nSur le même sujet\nUn titre\nUn autre titre\nArticle suivant\nEncore un titre"
    assert clean(text, TITLE).text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"{FIRST} Lire aussi : Un autre titre", FIRST),
        (f"{FIRST}Lire aussiUn autre titre", FIRST),
        (f"{FIRST} À lire aussi : Un titre. {SECOND}", f"{FIRST} {SECOND}"),
        (f"{FIRST} Article précédentUn titre : « oui. » Article suivantAutre titre", FIRST),
        (f"{FIRST} Read more: Another headline", FIRST),
    ],
)
def test_a_headline_glued_to_a_sentence_goes(line: str, kept: str) -> None:
    assert clean(line, TITLE).text == kept


def test_a_title_that_is_cut_or_repeated_goes() -> None:
    text = f"Accueil Monde Politique Le pays retire ses troupes de...\n{TITLE}\n0\n{FIRST}\n{TITLE}\n{SECOND}"
    cleaned = clean(text)
    assert cleaned.title == TITLE
    assert cleaned.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([TITLE, FIRST], TITLE),
        (["« Nous partons », dit le ministre", FIRST], "« Nous partons », dit le ministre"),
        ([FIRST, SECOND], None),
        ([TITLE], None),
        (["- un point de liste", FIRST], None),
        (["Il a dit :", FIRST], None),
        (["mot " * 40, FIRST], None),
    ],
)
def test_the_first_line_is_the_title_when_it_looks_like_one(lines: list[str], title: str | None) -> None:
    assert clean("\n".join(lines)).title == title


def test_a_text_that_is_only_its_title_is_kept() -> None:
    assert clean(TITLE, TITLE).text == TITLE


def test_a_paragraph_that_repeats_goes_and_a_short_or_listed_one_stays() -> None:
    text = f"{FIRST}\nPourquoi ?\n{SECOND}\nPourquoi ?\n{FIRST}\n- un point qui revient deux fois dans la même liste\n"
    text += "- un point qui revient deux fois dans la même liste"
    assert removed(clean(text, TITLE)) == [FIRST]


TWEET = "Nos soldats partiront avant la fin du mois de mars, je l'ai dit et je le répète"
SIGNATURE = "— Une Ministre (@une_ministre) January 7, 2020"


def test_a_tweet_that_only_repeats_a_quotation_goes_with_its_signature_which_is_remembered() -> None:
    text = f"{FIRST}\n« {TWEET} », a écrit la ministre.\n1. {TWEET.replace(',', ' ,')} !\n{SIGNATURE}\n{SECOND}"
    cleaned = clean(text, TITLE)
    assert cleaned.text == f"{FIRST}\n\n« {TWEET} », a écrit la ministre.\n\n{SECOND}"
    assert cleaned.tweets == (SIGNATURE,)


def test_a_tweet_that_says_something_stays_with_its_author_and_loses_its_list_number() -> None:
    text = f"{FIRST}\n1. {TWEET}\n{SIGNATURE}\n{SECOND}"
    cleaned = clean(text, TITLE)
    assert cleaned.text == f"{FIRST}\n\n{TWEET}\n\n{SIGNATURE}\n\n{SECOND}"
    assert removed(cleaned) == ["1."]
    assert cleaned.tweets == (SIGNATURE,)


def test_a_tweet_with_another_number_is_no_repetition() -> None:
    quoted = "Nous avons aujourd'hui 160 soldats sur place et ils y resteront tous"
    text = f"« {quoted} », dit-elle.\n{quoted.replace('160', '200')}\n{SIGNATURE}\n{SECOND}"
    assert "200 soldats" in clean(text, TITLE).text


@pytest.mark.parametrize(
    ("line", "outlet", "url"),
    [
        ("source : http://exemple.org", None, "http://exemple.org"),
        ("Source: www.exemple.org/a", None, "http://www.exemple.org/a"),
        ("Source : Agence Exemple", "Agence Exemple", None),
        ("Sources : AFP, Reuters", None, None),
        ("Source: Lire l'article complet de Le Journal", "Le Journal", None),
        ("… Lire la suite sur Le Journal", "Le Journal", None),
        ("PARIS, 31 déc. (Exemple.com) – Le texte a été voté par les députés.", "Exemple.com", None),
    ],
)
def test_a_source_line_names_the_outlet_or_the_address(line: str, outlet: str | None, url: str | None) -> None:
    cleaned = clean(f"{FIRST}\n{line}", TITLE)
    assert (cleaned.outlet, cleaned.url) == (outlet, url)


def test_the_typography_of_the_source_stays() -> None:
    text = "«\u00a0Nous avons 5\u202f200 soldats\u00a0», a-t‑il dit… L’Irak d'abord."
    assert clean(normalised(text), TITLE).text == text


# Laws

lines = some.lists(
    some.one_of(
        some.sampled_from([*BOILERPLATE, *TEXT, FIRST, SECOND, TITLE, TWEET, SIGNATURE, f"1. {TWEET}", "Lire aussi :"]),
        some.sampled_from([f"{FIRST} {mark}" for mark in ("Lire aussi : Un titre", "Article suivantUn titre")]),
        some.text(alphabet="aA .!?:*-—(«»@0129>…\u00a0", max_size=30),
    ),
    max_size=12,
).map("\n".join)
titles = some.sampled_from([None, TITLE, FIRST])


@given(lines, titles)
def test_nothing_vanishes_unreported(text: str, title: str | None) -> None:
    cleaned = clean(text, title)
    found = "" if title else cleaned.title or ""
    accounted = "".join([found, cleaned.text, *removed(cleaned)])
    assert sorted("".join(text.split())) == sorted("".join(accounted.split()))


@given(lines, titles)
def test_cleaning_twice_is_cleaning_once(text: str, title: str | None) -> None:
    once = clean(text, title)
    twice = clean(once.text, once.title)
    assert (twice.text, removed(twice)) == (once.text, [])


@given(some.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once
    once.encode()


@pytest.mark.parametrize(
    "hostile",
    [
        *("a", "A", " ", "(", "((", "*", "—", "- ", "1. ", "A. ", "Aa ", "0", "0 ", ".", "…", "> ", "Accueil "),
        *("Lire aussi ", "Lire aussi : ", ". Lire aussi : a ", ".Article suivantA ", "date 2020-01 ", "\n"),
        *("Source : ", "source : http://", "— a (@", "A, 1 mai (", "Publié le 2020 ", "Facebook ", "partager sur "),
        *(
            "Lire aussi\n",
            f"{SIGNATURE}\n",
            f"{TWEET}\n{SIGNATURE}\n",
            "Accueil aa bb cc dd...\n",
            "a b c d e f g\n",
            "Un titre\n",
        ),
    ],
)
def test_cleaning_takes_time_in_proportion_to_the_text(hostile: str) -> None:
    text = hostile * (200_000 // len(hostile))
    begun = time.perf_counter()
    clean(text)
    clean(f"{text}\n{SECOND}", hostile.strip())
    assert time.perf_counter() - begun < 5
