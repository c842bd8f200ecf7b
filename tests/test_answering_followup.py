"""Tests of follow-ups: which questions lean on the turns before, and how they read once they stand alone."""

from __future__ import annotations

import time

import pytest

from rag.answering.asking.framing import asks_for_changes, unframed
from rag.answering.followup import standalone
from rag.language.gazetteer import things
from rag.language.nationality import adjective, french_form

SOLDIERS = "Combien de soldats américains y a-t-il en Norvège ?"
FIRMS = "Combien d'entreprises françaises ont fermé en 2019 ?"
LOGGED = "Combien de passagers la compagnie Oriane a-t-elle logés ?"
SIGNED = "La France a-t-elle signé l'accord ?"
LEADS = "Qui dirige le port de Valmer ?"
FIRE = "Combien de personnes ont péri dans l'incendie de l'hôtel ?"
TROOPS = "How many British soldiers are there in Norway?"

# The last question, the start of its answer, the follow-up, and the question that is meant.
FOLLOW_UPS = [
    # another country or people
    (SOLDIERS, "5 200.", "Et les Britanniques ?", "Combien de soldats britanniques y a-t-il en Norvège ?"),
    (SOLDIERS, "5 200.", "et les allemands", "Combien de soldats allemands y a-t-il en Norvège ?"),
    (SOLDIERS, "5 200.", "Et la France ?", "Combien de soldats français y a-t-il en Norvège ?"),
    (SOLDIERS, "5 200.", "Qu'en est-il des Turcs ?", "Combien de soldats turcs y a-t-il en Norvège ?"),
    (FIRMS, "1 200.", "Et les Allemands ?", "Combien d'entreprises allemandes ont fermé en 2019 ?"),
    (FIRMS, "1 200.", "Et les italiennes ?", "Combien d'entreprises italiennes ont fermé en 2019 ?"),
    (FIRMS, "1 200.", "Et la Grèce ?", "Combien d'entreprises grecques ont fermé en 2019 ?"),
    (SIGNED, "Oui.", "Et le Canada ?", "Le Canada a-t-il signé l'accord ?"),
    (SIGNED, "Oui.", "Et l'Allemagne ?", "L'Allemagne a-t-elle signé l'accord ?"),
    (SIGNED, "Oui.", "Mais la Suède ?", "La Suède a-t-elle signé l'accord ?"),
    ("Qui est le président de la France ?", "Luc Arnal.", "Et du Canada ?", "Qui est le président du Canada ?"),
    ("Qui est le président du Canada ?", "Luc Arnal.", "Et de la France ?", "Qui est le président de la France ?"),
    (
        "Pourquoi les Américains frappent-ils l'Otan ?",
        "Ils ne le disent pas.",
        "Et les Français ?",
        "Pourquoi les Français frappent-ils l'Otan ?",
    ),
    # another place or time
    (SOLDIERS, "5 200.", "Et en Suède ?", "Combien de soldats américains y a-t-il en Suède ?"),
    (SOLDIERS, "5 200.", "Et au Danemark ?", "Combien de soldats américains y a-t-il au Danemark ?"),
    (SOLDIERS, "5 200.", "Et en 2019 ?", "Combien de soldats américains y a-t-il en Norvège en 2019 ?"),
    (SOLDIERS, "5 200.", "Et aujourd'hui ?", "Combien de soldats américains y a-t-il en Norvège aujourd'hui ?"),
    ("Combien de musées y a-t-il à Rome ?", "Cent.", "Et à Paris ?", "Combien de musées y a-t-il à Paris ?"),
    (FIRMS, "1 200.", "Et en 2020 ?", "Combien d'entreprises françaises ont fermé en 2020 ?"),
    (FIRMS, "1 200.", "Et en mars 2020 ?", "Combien d'entreprises françaises ont fermé en mars 2020 ?"),
    (FIRMS, "1 200.", "Et en Belgique ?", "Combien d'entreprises françaises ont fermé en 2019 en Belgique ?"),
    (
        "Quel est le taux de chômage en Espagne ?",
        "14 %.",
        "Et au Portugal en 2018 ?",
        "Quel est le taux de chômage au Portugal en 2018 ?",
    ),
    ("Combien de morts y a-t-il eu à Lyon ?", "Cent.", "Et à Brest ?", "Combien de morts y a-t-il eu à Brest ?"),
    ("Combien de temps met le train ?", "Une heure.", "Et en bus ?", "Combien de temps met le train en bus ?"),
    (
        "Quand le port a-t-il été vendu ?",
        "Mardi.",
        "Et par qui ?",
        "Par qui le port a-t-il été vendu ?",
    ),
    ("How long does the train take?", "An hour.", "And by bus?", "How long does the train take by bus?"),
    (FIRMS, "1 200.", "Et l'année suivante ?", "Combien d'entreprises françaises ont fermé en 2020 ?"),
    (FIRMS, "1 200.", "Et deux ans plus tôt ?", "Combien d'entreprises françaises ont fermé en 2017 ?"),
    (
        "Combien de marins cherchaient le navire le 1er mars 2024 ?",
        "Vingt.",
        "Et combien étaient-ils deux jours plus tôt ?",
        "Combien de marins cherchaient le navire le 28 février 2024 ?",
    ),
    ("How many firms closed in 2019?", "1,200.", "And the year before?", "How many firms closed in 2018?"),
    # another person or thing
    (
        "Combien l'État versera-t-il au port ?",
        "Six millions.",
        "Et la région ?",
        "Combien la région versera-t-elle au port ?",
    ),
    (
        "Quand Paul Dorval a-t-il été élu ?",
        "En 2014.",
        "Et Marc Lenoir ?",
        "Quand Marc Lenoir a-t-il été élu ?",
    ),
    (LOGGED, "340.", "Et les équipages ?", "Combien d'équipages la compagnie Oriane a-t-elle logés ?"),
    (LOGGED, "340.", "Et les familles ?", "Combien de familles la compagnie Oriane a-t-elle logés ?"),
    (FIRE, "Douze.", "Et les blessés ?", "Combien de blessés y a-t-il eu dans l'incendie de l'hôtel ?"),
    (FIRE, "Douze.", "Combien de blessés ?", "Combien de blessés y a-t-il eu dans l'incendie de l'hôtel ?"),
    ("Que demande le syndicat ?", "Une hausse.", "Et la direction ?", "Que demande la direction ?"),
    (
        "L'armée turque est-elle entrée en Norvège ?",
        "Oui.",
        "Et l'armée russe ?",
        "L'armée russe est-elle entrée en Norvège ?",
    ),
    # another question word
    ("Quand Paul Dorval a-t-il été élu ?", "En 2014.", "Et où ?", "Où Paul Dorval a-t-il été élu ?"),
    ("Où le navire a-t-il coulé ?", "Au large.", "Quand ?", "Quand le navire a-t-il coulé ?"),
    ("Où le navire a-t-il coulé ?", "Au large.", "Pourquoi ?", "Pourquoi le navire a-t-il coulé ?"),
    ("L'armée veut-elle partir ?", "Oui.", "Pourquoi ?", "Pourquoi l'armée veut-elle partir ?"),
    (SIGNED, "Oui.", "Quand ?", "Quand la France a-t-elle signé l'accord ?"),
    (SOLDIERS, "5 200.", "Pourquoi ?", "Pourquoi y a-t-il des soldats américains en Norvège ?"),
    ("Qui a annoncé la fermeture ?", "Le maire.", "Quand ?", "Quand a-t-on annoncé la fermeture ?"),
    ("Est-ce que le port ferme ?", "Oui.", "Depuis quand ?", "Depuis quand est-ce que le port ferme ?"),
    (LOGGED, "340.", "Pourquoi ?", "Pourquoi la compagnie Oriane a-t-elle logé des passagers ?"),
    (
        "Combien d'avions Oriane veut-elle vendre ?",
        "Six.",
        "Pourquoi ?",
        "Pourquoi Oriane veut-elle vendre des avions ?",
    ),
    ("Combien le pont coûtera-t-il ?", "Six millions.", "Pourquoi ?", "Pourquoi le pont coûtera-t-il autant ?"),
    ("Le port ferme-t-il ?", "Oui.", "Et pourquoi ?", "Pourquoi le port ferme-t-il ?"),
    # who says so
    (SIGNED, "Oui.", "Qui l'a annoncé ?", "Qui a annoncé que la France a signé l'accord ?"),
    ("Est-ce que le port ferme ?", "Oui.", "Qui l'a dit ?", "Qui a dit que le port ferme ?"),
    # what is typed in haste
    ("combien soldat américain en Norvège", "5 200.", "et les britanniques", "combien soldat britanniques en Norvège"),
    # pronouns
    (
        "Qui a commandé un audit des comptes ?",
        "La mairie de Valmer.",
        "Combien coûtera-t-il ?",
        "Combien l'audit des comptes coûtera-t-il ?",
    ),
    (SOLDIERS, "5 200.", "Depuis quand y sont-ils ?", "Depuis quand les soldats américains sont-ils en Norvège ?"),
    (LEADS, "C'est Anne Dorval, dit le maire.", "Quel âge a-t-elle ?", "Quel âge Anne Dorval a-t-elle ?"),
    (LEADS, "C'est Anne Dorval.", "Que pense-t-elle de la grève ?", "Que pense Anne Dorval de la grève ?"),
    (LEADS, "C'est Anne Dorval.", "Depuis quand le dirige-t-elle ?", "Depuis quand Anne Dorval le dirige-t-elle ?"),
    ("Qui est le maire ?", "Paul Dorval.", "Quel âge a-t-il ?", "Quel âge Paul Dorval a-t-il ?"),
    ("Quand Paul Dorval a-t-il été élu ?", "En 2014.", "Où est-il né ?", "Où Paul Dorval est-il né ?"),
    ("Quand Paul Dorval a-t-il été élu ?", "En 2014.", "A-t-il démissionné ?", "Paul Dorval a-t-il démissionné ?"),
    (
        "Quelle partie de la flotte a quitté le port ?",
        "Six navires.",
        "Où était-elle ?",
        "Où cette partie de la flotte était-elle ?",
    ),
    # English
    (TROOPS, "400.", "What about the Germans?", "How many German soldiers are there in Norway?"),
    (TROOPS, "400.", "And France?", "How many French soldiers are there in Norway?"),
    (TROOPS, "400.", "And in Sweden?", "How many British soldiers are there in Sweden?"),
    (TROOPS, "400.", "And in 2019?", "How many British soldiers are there in Norway in 2019?"),
    (TROOPS, "400.", "Why?", "Why are there British soldiers in Norway?"),
    (TROOPS, "400.", "When did they arrive?", "When did the British soldiers arrive?"),
    ("Did France sign the treaty?", "Yes.", "What about Germany?", "Did Germany sign the treaty?"),
    ("Did France sign the treaty?", "Yes.", "When?", "When did France sign the treaty?"),
    ("Who leads the company?", "Anne Dorval leads it.", "How old is she?", "How old is Anne Dorval?"),
    ("When was Paul Dorval elected?", "In 2014.", "Where?", "Where was Paul Dorval elected?"),
    ("Who is Anne Dorval?", "Head of Marine Oriane.", "When was she elected?", "When was Anne Dorval elected?"),
    ("When did the old bridge open?", "In 1909.", "How much did it cost?", "How much did the old bridge cost?"),
    ("What is the name of the bridge?", "Arnal.", "Who built it?", "Who built the bridge?"),
    ("When were the ships sold?", "In May.", "Where are they now?", "Where are the ships now?"),
    ("When was Paul Dorval elected?", "In 2014.", "And Marc Lenoir?", "When was Marc Lenoir elected?"),
]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Les sources divergent-elles sur le nombre de morts ?", "Quel est le nombre de morts ?"),
        ("Les articles sont-ils d'accord sur la date du vote ?", "Quelle est la date du vote ?"),
        ("Que disent les journaux à propos du bilan de l'incendie ?", "Bilan de l'incendie ?"),
        ("Y a-t-il une contradiction entre les sources sur combien de marins restent ?", "Combien de marins restent ?"),
        ("Do the sources agree on the number of dead?", "What was the number of dead?"),
        ("What do the articles say about Paul Dorval?", "Paul Dorval?"),
        ("Que disent les syndicats sur la grève ?", "Que disent les syndicats sur la grève ?"),
        ("Les sources sont-elles protégées ?", "Les sources sont-elles protégées ?"),
    ],
)
def test_a_question_whether_sources_agree_asks_for_what_they_say(question: str, meant: str) -> None:
    assert unframed(standalone(question, [])) == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Comment le prix du billet a-t-il évolué entre mars et juin 2031 ?", "Quel est le prix du billet ?"),
        ("Comment la population de Brest a-t-elle changé, selon le maire, de 2029 à 2031 ?",
         "Quelle est la population de Brest, selon le maire ?"),
        ("Comment le bilan a-t-il été révisé au fil de la semaine ?", "Quel est le bilan au fil de la semaine ?"),
        ("Quelles dates d'ouverture ont été successivement annoncées pour le pont ?",
         "Quelle est la date d'ouverture pour le pont ?"),
        ("How did the planned cost change over time?", "What was the planned cost?"),
        ("Comment la ville a-t-elle changé de maire ?", "Comment la ville a-t-elle changé de maire ?"),
        ("Comment le maire a-t-il réagi ?", "Comment le maire a-t-il réagi ?"),
    ],
)  # fmt: skip
def test_a_question_how_something_changed_asks_for_what_it_was(question: str, meant: str) -> None:
    assert unframed(standalone(question, [])) == meant


def test_who_says_or_prints_an_answer_is_not_whom_it_names() -> None:
    told = "« Une femme du pays le dirige. » (selon Anne Dorval, Le Phare, 7 mai 2019) [1]"
    asked = "Depuis quand le dirige-t-elle ?"
    assert "Dorval" not in standalone(asked, [(LEADS, told)])
    assert "Anne Dorval" in standalone(asked, [(LEADS, told.replace("Une femme du pays", "Anne Dorval"))])


def test_a_follow_up_of_a_question_how_something_changed_asks_so_too() -> None:
    whole = standalone("Et à Brest ?", [("Comment le prix de l'eau à Lyon a-t-il évolué ?", "Il a monté.")])
    assert asks_for_changes(whole)
    assert unframed(whole) == "Quel est le prix de l'eau à Brest ?"


@pytest.mark.parametrize(("last", "answer", "question", "meant"), FOLLOW_UPS, ids=[case[2] for case in FOLLOW_UPS])
def test_a_follow_up_reads_as_a_whole_question(last: str, answer: str, question: str, meant: str) -> None:
    assert standalone(question, [("Où est le port ?", "Ici."), (last, answer)]) == meant


@pytest.mark.parametrize(
    ("last", "answer", "question", "meant"),
    [
        ("Combien sont partis lors de la première étape ?", "900 marins.", "Et à la deuxième ?",
         "Combien sont partis lors de la deuxième étape ?"),
        ("À quelle peine de prison le maire a-t-il été condamné ?", "À un an.", "Et le patron du port ?",
         "À quelle peine de prison le patron du port a-t-il été condamné ?"),
        ("Quel score Dorval obtient-il après le recomptage ?", "49 %.", "Et son adversaire ?",
         "Quel score son adversaire obtient-il après le recomptage ?"),
        ("Quel salarié a été arrêté ?", "Le gardien, Paul Dorval.", "Depuis combien d'années y travaillait-il ?",
         "Depuis combien d'années Paul Dorval y travaillait-il ?"),
    ],
)  # fmt: skip
def test_a_rank_a_name_or_a_span_of_time_finds_its_place(last: str, answer: str, question: str, meant: str) -> None:
    assert standalone(question, [(last, answer)]) == meant


@pytest.mark.parametrize(
    ("last", "answer", "question", "meant"),
    [
        # some of those counted
        (SOLDIERS, "5 200.", "Et combien d'entre eux sont des médecins ?",
         "Combien de soldats américains sont des médecins ?"),
        (LOGGED, "340.", "Combien d'entre eux sont partis ?",
         "Combien de passagers de la compagnie Oriane sont partis ?"),
        ("Où les deux navires ont-ils coulé ?", "Ici.", "Lesquels d'entre eux étaient vides ?",
         "Quels deux navires étaient vides ?"),
        # what somebody says of it
        ("Qui a annoncé que le port ferme ?", "Le maire.", "Paris l'a-t-il confirmé ?",
         "Paris a-t-il confirmé que le port ferme ?"),
        ("Qui a décidé la fermeture du port ?", "Le maire.", "L'Otan l'a-t-elle annoncé ?",
         "L'Otan a-t-elle annoncé la fermeture du port ?"),
        ("Le port ferme-t-il ?", "Oui.", "Le maire l'a-t-il démenti ?", "Le maire a-t-il démenti que le port ferme ?"),
        # what is somebody's
        (LEADS, "C'est Anne Dorval.", "Quelle était sa fonction ?", "Quelle était la fonction d'Anne Dorval ?"),
        ("Quand Paul Dorval a-t-il été élu ?", "En 2014.", "Qui est son avocat ?", "Qui est l'avocat de Paul Dorval ?"),
        ("Qui parle pour les marins du Paul Dorval ?", "C'est Anne Lemaire.", "Quel est son âge ?",
         "Quel est l'âge d'Anne Lemaire ?"),
        ("Qui est Anne Lemaire ?", "La porte-parole, dit Paul Dorval.", "Quel est son âge ?",
         "Quel est l'âge d'Anne Lemaire ?"),
        ("La base de Valmer a-t-elle été vendue ?", "Non.", "À qui est-elle revenue ?",
         "À qui la base de Valmer est-elle revenue ?"),
        # a thing or somebody in a plain sentence
        ("Quelle base les États-Unis veulent-ils quitter ?", "C'est la base Arnal.", "Elle est près de quelle ville ?",
         "La base Arnal est près de quelle ville ?"),
        ("Quand Paul Dorval a-t-il été élu ?", "En 2014.", "Il a démissionné ?", "Paul Dorval a démissionné ?"),
        ("Où les deux navires ont-ils coulé ?", "Ici.", "Parmi eux, combien étaient vides ?",
         "Combien des deux navires étaient vides ?"),
        (LOGGED, "340.", "Parmi eux, combien de marins ?",
         "Combien de marins parmi les passagers de la compagnie Oriane ?"),
        (LOGGED, "340.", "À combien d'entre eux doit-on de l'argent ?",
         "À combien de passagers de la compagnie Oriane doit-on de l'argent ?"),
        ("Combien de marins n'ont pas embarqué ?", "Dix.", "Combien en reste-t-il ?", "Combien de marins reste-t-il ?"),
        # what is done to it, and who says so
        ("Les navires sont-ils arrivés ?", "Oui.", "Qui les dirige ?", "Qui dirige les navires ?"),
        ("Qui était le maire de Valmer ?", "Luc Arnal.", "Qui l'a remplacé ?",
         "Qui a remplacé le maire de Valmer ?"),
        ("Le port ferme-t-il ?", "Oui.", "Qui l'affirme ?", "Qui affirme que le port ferme ?"),
        ("Qui dirige la mission ?", "Paul Dorval.", "Qui la finance ?", "Qui finance la mission ?"),
        ("Combien de personnes ont été évacuées à Valmer ?", "300.", "Où ont-elles dormi ?",
         "Où les personnes évacuées à Valmer ont-elles dormi ?"),
        ("À quelle heure le bac s'est-il arrêté ?", "À midi.", "Pourquoi ?", "Pourquoi le bac s'est-il arrêté ?"),
        ("Qui dirige l'usine ?", "Paul Dorval.", "Qui l'a construite ?", "Qui a construit l'usine ?"),
        ("Le ministre est-il parti ?", "Oui.", "Quand l'a-t-il annoncé ?",
         "Quand le ministre a-t-il annoncé que le ministre est parti ?"),
        ("L'Ukraine a-t-elle reçu des chars des États-Unis ?", "Oui.", "Et de l'Allemagne ?",
         "L'Ukraine a-t-elle reçu des chars de l'Allemagne ?"),
        # another source, another word to ask with
        ("Combien de marins sont morts d'après la mairie ?", "Dix.", "Et selon la préfecture ?",
         "Combien de marins sont morts selon la préfecture ?"),
        ("Combien coûte le billet pour un adulte ?", "Dix euros.", "Et pour un enfant ?",
         "Combien coûte le billet pour un enfant ?"),
        ("How many sailors died?", "Ten.", "And according to the owner?",
         "How many sailors died according to the owner?"),
        ("Où est le navire ?", "Au large.", "À quelle profondeur ?", "À quelle profondeur est le navire ?"),
        ("Quand le navire a-t-il coulé ?", "En mai.", "Où ça ?", "Où le navire a-t-il coulé ?"),
        ("Combien de marins le port emploie-t-il ?", "300.", "Et la région, combien en emploie-t-elle ?",
         "Combien de marins la région emploie-t-elle ?"),
        ("Quand les Américains ont-ils quitté Valmer ?", "En mai.", "Et les Allemands, quand ?",
         "Quand les Allemands ont-ils quitté Valmer ?"),
        ("Que demande le syndicat ?", "Une hausse.", "Et la direction, qu'en dit-elle ?", "Que demande la direction ?"),
        ("La Suède a-t-elle signé l'accord de Bruxelles ?", "Oui.", "Et la Norvège ?",
         "La Norvège a-t-elle signé l'accord de Bruxelles ?"),
        ("Combien de lits compte l'hôpital de Valmer ?", "200.", "Et l'hôpital de Brest ?",
         "Combien de lits compte l'hôpital de Brest ?"),
        # somebody or something that was asked about
        ("Que réclament les marins de Valmer ?", "Une hausse.", "Ont-ils été payés ?",
         "Les marins de Valmer ont-ils été payés ?"),
        ("D'où venait le marin mort à Valmer ?", "De Brest.", "Quel âge avait-il ?",
         "Quel âge le marin mort à Valmer avait-il ?"),
        ("À combien le maire a-t-il été condamné ?", "À un an.", "A-t-il fait appel ?", "Le maire a-t-il fait appel ?"),
        ("Le ministre est-il là ?", "Oui.", "Qu'a-t-il dit aux marins ?", "Qu'a dit le ministre aux marins ?"),
        # asked once more, or of others that are counted
        ("Quand le trafic a-t-il repris en Norvège ?", "En mai.", "Et en Suède, c'est depuis quand ?",
         "Quand le trafic a-t-il repris en Suède ?"),
        ("Où le navire a-t-il coulé ?", "Ici.", "Et Valmer, quand ?",
         "Et Valmer, quand ? (Où le navire a-t-il coulé ?)"),
        ("Combien de Canadiens sont là ?", "500.", "Et de Britanniques ?", "Combien de Britanniques sont là ?"),
        # what is done to somebody, or by those whom somebody has
        ("Comment le roi est-il mort ?", "Ici.", "Qui a décidé de le tuer ?", "Qui a décidé de tuer le roi ?"),
        ("Combien de soldats la Suède a-t-elle en Norvège ?", "30.", "Et que font-ils là-bas ?",
         "Que font les soldats de la Suède en Norvège ?"),
        ("Combien de soldats la Suède a-t-elle en Norvège ?", "30.", "Stockholm compte-t-il les retirer ?",
         "Stockholm compte-t-il retirer les soldats de la Suède ?"),
        ("Combien d'hommes la flotte va-t-elle envoyer selon le général Dorval ?", "30.",
         "Que pense-t-il de la Norvège ?", "Que pense le général Dorval de la Norvège ?"),
        ("Qui était Anne Dorval ?", "Une reine.", "Quand l'a-t-il rencontrée ?",
         "Quand a-t-il rencontré Anne Dorval ?"),
        ("Qui a coulé ?", "Paul Dorval.", "Et l'hommage national, qui doit le présider ?",
         "Qui doit présider l'hommage national ?"),
        ("Combien de soldats la Suède a-t-elle en Norvège ?", "30.", "Que pense-t-on de la guerre ?",
         "Que pense-t-on de la guerre ? (Combien de soldats la Suède a-t-elle en Norvège ?)"),
        ("Quelle loi la Suède a-t-elle votée ?", "Une loi.", "Qui a décidé de la publier ?",
         "Qui a décidé de la publier ? (Quelle loi la Suède a-t-elle votée ?)"),
        ("When did the head of the company resign?", "In May.", "Will it survive?", "Will the company survive?"),
        ("Qui a coulé ?", "Paul Dorval.", "Et la réforme, qui la soutient ?", "Qui soutient la réforme ?"),
        ("Où est la gare ?", "Ici.", "Et le maire, qui la soutient ?",
         "Et le maire, qui la soutient ? (Où est la gare ?)"),
        ("Quels ports la flotte a-t-elle quittés en mai ?", "Valmer.", "Pourquoi ?",
         "Pourquoi la flotte a-t-elle quitté des ports en mai ?"),
        ("When did the fleet end its patrol in the bay?", "In May.", "What will it do now?",
         "What will the fleet do now?"),
        ("Quand la flotte est-elle partie ?", "En mai.", "Et en juin, elle était encore là ?",
         "Et en juin, elle était encore là ? (Quand la flotte est-elle partie ?)"),
        ("Combien de navires sont partis ?", "3.", "Quels pays les attendent ?",
         "Quels pays les attendent ? (Combien de navires sont partis ?)"),
    ],
)  # fmt: skip
def test_what_a_question_refers_to_takes_the_place_of_the_word(
    last: str, answer: str, question: str, meant: str
) -> None:
    assert standalone(question, [(last, answer)]) == meant


@pytest.mark.parametrize(
    ("last", "question"),
    [
        ("Combien de soldats sont morts en mars ?", "Et combien en avril ?"),
        (LEADS, "Il s'est passé quoi ensuite ?"),
        (LEADS, "Il reste combien de marins ?"),
        ("Quand le syndicat a-t-il signé l'accord ?", "Et le maire, qu'en pense-t-il ?"),
        ("Quand le ministre a-t-il démissionné ?", "Qui l'a annoncé ?"),
        ("La France a-t-elle reconnu la Suède ?", "Et la Norvège ?"),
        ("Où habite Paul Dorval ?", "Et sa femme ?"),
        ("Quel pays a signé ?", "Quelle est sa population ?"),
        ("Que dit la rumeur ?", "C'est Paul Dorval qui l'a lancée ?"),
        ("Quand la Suède a-t-elle annoncé la fin de l'épidémie ?", "Elle a complètement disparu depuis ?"),
        ("Que disent les gardiens ?", "Alors, qui avait raison ?"),
        ("Qui a repris l'usine ?", "Combien chacun d'eux a-t-il payé ?"),
    ],
)
def test_what_no_rule_knows_is_not_guessed(last: str, question: str) -> None:
    assert standalone(question, [(last, "Paul Dorval le dit.")]) == f"{question} ({last})"


@pytest.mark.parametrize(
    "question",
    [
        "Les pays du G7 négocient-ils entre eux ?",
        "Combien de Français ont un médecin près de chez eux ?",
        "Sur les 12 députés jugés à Rome, combien d'entre eux ont fait appel ?",
        "La démission de Paul Dorval, Luc Arnal l'a-t-il annoncée ?",
        "À Gaza, combien d'habitants y vivent-ils ?",
        "c'est quand les élections municipales ?",
        "Qui joue ce week-end ?",
    ],
)
def test_a_question_that_names_what_it_refers_to_stands_alone(question: str) -> None:
    assert standalone(question, [(LEADS, "Paul Dorval.")]) == question


def test_what_is_done_there_leans_on_the_question_before() -> None:
    last = "Qui a décidé d'envoyer un navire à Valmer ?"
    asked = "L'Otan y a-t-elle pris part ?"
    assert standalone(asked, [(last, "Le maire.")]) == f"{asked} ({last})"
    assert standalone("Y a-t-il un port à Brest ?", [(last, "Le maire.")]) == "Y a-t-il un port à Brest ?"


@pytest.mark.parametrize(
    "question",
    [
        "Dans combien de bureaux ses observateurs se sont-ils rendus ?",
        "Qui a dirigé cette enquête ?",
        "Qui en assure une partie ?",
        "Et combien de litres d'eau chacun y reçoit-il par jour ?",
    ],
)
def test_what_is_somebodys_or_there_leans_on_the_question_before(question: str) -> None:
    last = "Qui conduisait la mission de Valmer ?"
    assert standalone(question, [(last, "Anne Lemaire.")]) == f"{question} ({last})"


@pytest.mark.parametrize(
    ("last", "question"),
    [
        (SOLDIERS, "Qui l'a annoncé ?"),
        (SIGNED, "Et les États-Unis ?"),
        ("Is the bridge open?", "Is it true?"),
        ("Did the company close the plant?", "When did it close?"),
        ("La ville est-elle prête ?", "Et le port ?"),
        (SOLDIERS, "Et la veille ?"),
        ("Quel est le montant de l'amende ?", "Qui doit la payer ?"),
        ("Que fait la Turquie ?", "Lesquels ?"),
        ("Where is the port?", "Who refused?"),
        (SOLDIERS, "Why is that?"),
    ],
)
def test_where_no_rule_knows_how_the_last_question_follows(last: str, question: str) -> None:
    assert standalone(question, [(last, "...")]) == f"{question} ({last})"


@pytest.mark.parametrize(
    "question",
    [
        "Qui est le maire de Valmer ?",
        "Quand le collège ouvrira-t-il ses portes aux élèves ?",
        "La France a-t-elle signé ?",
        "Combien de ports la compagnie dessert-elle ?",
        "Et combien de ports la compagnie maritime de Valmer dessert-elle ?",
        "Y a-t-il des blessés dans le port de Valmer ?",
        "Faut-il un visa pour entrer en Suède ?",
        "Who is the mayor of Valmer?",
        "Is it true that the port of Valmer closes?",
        "Did Paul Dorval say that he would resign?",
    ],
)
def test_a_question_that_says_what_it_is_about_stands_alone(question: str) -> None:
    assert standalone(question, [(LOGGED, "340")]) == question


def test_each_turn_builds_on_the_whole_question_before_it() -> None:
    history = [(SOLDIERS, "5 200."), ("Et les Britanniques ?", "400."), ("Et en Suède ?", "Aucun.")]
    assert standalone("Et en 2019 ?", history) == "Combien de soldats britanniques y a-t-il en Suède en 2019 ?"


def test_a_turn_that_could_not_be_completed_does_not_stand_in_the_way() -> None:
    history = [(SOLDIERS, "5 200."), ("Qui l'a annoncé ?", "Le maire.")]
    assert standalone("Et les Turcs ?", history) == "Combien de soldats turcs y a-t-il en Norvège ?"


def test_without_history_nothing_is_added() -> None:
    assert standalone("Et eux ?", []) == "Et eux ?"


def test_a_long_history_costs_no_more_than_its_last_turns() -> None:
    history = [("((" * 5_000 + "1" * 10_000 + " ?", "[" * 10_000)] * 500
    began = time.thread_time()
    standalone("Et les Britanniques ?", history)
    assert time.thread_time() - began < 2


def test_adjectives_are_formed_as_the_gazetteer_knows_them() -> None:
    for code in ("FR", "DE", "GR", "TR", "US", "IT", "GB", "IQ", "CA", "BF"):
        lemma = adjective(code, "fr")
        assert lemma is not None
        for feminine in (False, True):
            for plural in (False, True):
                assert code in things(french_form(lemma, feminine=feminine, plural=plural))


@pytest.mark.parametrize(
    "between", ["Quelle est la cause ?", "Selon quelle source ?", "C'est vrai ?", "Donne-moi la date", "Depuis quand ?"]
)
def test_what_could_be_asked_of_anything_is_no_new_topic(between: str) -> None:
    told = standalone("Où ?", [("Quand l'incendie de Valmer a-t-il eu lieu ?", "Lundi."), (between, "Si.")])
    assert told == "Où l'incendie de Valmer a-t-il eu lieu ?"


@pytest.mark.parametrize(
    "question",
    [
        "Qu'a répondu le maire ?",
        "Qu'en a dit Paul Dorval ?",
        "Qu'a dit Dorval à ce sujet ?",
        "Quand aura lieu l'élection ?",
        "What did Dorval say about it?",
        "When was the previous record?",
    ],
)
def test_a_reply_or_an_event_of_nothing_else_is_of_what_was_spoken_of(question: str) -> None:
    before = "Who attacked the port of Valmer?" if question.startswith("W") else "Qui a attaqué le port de Valmer ?"
    assert standalone(question, [(before, "Anne Berg.")]) == f"{question} ({before})"


@pytest.mark.parametrize(
    "question",
    [
        "Que dit le maire de Lyon sur le tramway ?",
        "Quand a eu lieu la bataille de Brenne ?",
        "Qu'a annoncé Boeing ?",
        "Quand aura lieu le Brexit ?",
    ],
)
def test_a_question_that_says_of_what_stands_alone(question: str) -> None:
    assert standalone(question, [("Qui a attaqué Paul Dorval ?", "Anne Berg.")]) == question
