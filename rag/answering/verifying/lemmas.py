"""Gives the forms of irregular verbs one name: "threw" and "thrown" are "throw", "promis" is "promettre"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rag.language.folding import fold

# A verb, its forms that no stemmer brings together with it, and after "+" what may stand before all of them. A form
# that is more often another word ("lit", "vis", "plu", "left", "saw", "felt") has no place here.
_IRREGULAR = {
    "fr": """
        mettre met mets mettent mis mise mises mettait mettaient mettra mettront mettant + ad com o per pro re sou trans
        prendre prend prennent pris prise prises prenait prenaient prendra prendront prenant + ap com entre re sur
        dire dit dits dite dites disent disait disaient dira diront disant + contre inter pré re
        tenir tient tiennent tenu tenus tenue tenues tenait tenaient tiendra tiendront + con dé entre main ob re sou
        venir vient viennent venu venus venue venues venait venaient viendra viendront + de inter par pré pro re sur
        vendre vend vendent vendu vendus vendue vendues vendait vendaient vendra vendant + re
        perdre perd perdent perdu perdus perdue perdues perdait perdaient perdra perdant
        rendre rend rendent rendu rendus rendue rendues rendait rendaient rendra rendant
        attendre attend attendent attendu attendus attendue attendues attendait attendaient attendant
        entendre entend entendent entendu entendus entendue entendues entendait entendaient
        défendre défend défendent défendu défendus défendue défendues défendait défendaient défendant
        répondre répond répondent répondu répondait répondaient répondra répondant
        descendre descend descendent descendu descendus descendue descendues descendait descendaient
        étendre étend étendent étendu étendus étendue étendues étendait
        suspendre suspend suspendent suspendu suspendus suspendue suspendues suspendait
        fondre fondu fondue fondues fondent + con
        battre bat battent battu battus battue battues battait battaient battant + com a dé é
        rompre rompt rompent rompu rompus rompue rompues rompait + inter
        recevoir reçoit reçoivent reçu reçus reçue reçues recevait recevaient recevra recevant
        percevoir perçoit perçoivent perçu perçus perçue perçues percevait
        décevoir déçoit déçoivent déçu déçus déçue déçues
        concevoir conçoit conçoivent conçu conçus conçue conçues
        ouvrir ouvre ouvrent ouvert ouverts ouverte ouvertes ouvrait ouvraient + r
        couvrir couvre couvrent couvert couverts couverte couvertes couvrait couvraient + dé re
        offrir offre offrent offert offerts offerte offertes offrait offraient
        souffrir souffre souffrent souffert souffrait souffraient
        écrire écrit écrits écrite écrites écrivent écrivait écrivaient écrira
        inscrire inscrit inscrits inscrite inscrites inscrivent inscrivait
        conduire conduit conduits conduite conduites conduisent conduisait conduisaient conduira
        réduire réduit réduits réduite réduites réduisent réduisait
        produire produit produits produite produites produisent produisait + re
        traduire traduit traduits traduite traduites traduisent
        introduire introduit introduits introduite introduites introduisent
        construire construit construits construite construites construisent construisait + re
        détruire détruit détruits détruite détruites détruisent détruisait
        instruire instruit instruits instruite instruites instruisent
        élire élu élus élue élues élit élisent + ré
        lire lu lus lue lues lisent lisait
        connaître connaît connait connaissent connu connus connue connues connaissait connaissaient + re
        paraître paraît parait paraissent paru parue parus parues paraissait + ap com dis re
        naître naît naissent né nés née nées naissait naquit
        mourir meurt meurent mort morts morte mortes mourait mourut mourra
        vivre vivent vécu vécus vécue vécues vivait vivaient + sur
        suivre suit suivent suivi suivis suivie suivies suivait suivaient suivant + pour
        craindre craint craignent craints crainte craignait craignaient
        plaindre plaint plaignent plainte plaignait
        contraindre contraint contraignent contraints contrainte contraintes
        atteindre atteint atteignent atteints atteinte atteintes atteignait
        éteindre éteint éteignent éteints éteinte éteintes
        peindre peint peignent peints peinte peintes
        rejoindre rejoint rejoignent rejoints rejointe rejointes rejoignait
        joindre joint joignent joints jointe jointes
        partir partent partait partaient
        sortir sortent sorti sortis sortie sorties sortait sortaient
        servir servent servi servis servie servies servait
        courir courent couru courait + par re
        acquérir acquiert acquièrent acquis acquise acquises
        conquérir conquiert conquis conquise conquises
        vaincre vainc vaincu vaincus vaincue vaincues + con
        croire croit croient cru croyait croyaient
        boire boit boivent bu bues buvait
        voir voit voient vu vus vue vues voyait voyaient + re pré
        pouvoir peut peuvent pouvait pouvaient
        vouloir veut veulent voulu voulus voulue voulait voulaient voudra
        savoir sait savent su savait savaient saura
        valoir vaut valent valu valait
        falloir faut fallu fallait faudra
        faire fait faite faites font faisait faisaient fera feront fasse + dé re satis
        résoudre résout résolu résolus résolue résolues
        dissoudre dissout dissous dissoute
        exclure exclut excluent exclu exclus exclue exclues
        conclure conclut concluent conclu conclus conclue conclues
        accroître accroît accru accrus accrue accrues
        pleuvoir pleut
        plaire plaît plaisent
        taire tait taisent
        haïr hait haïssent
        fuir fuit fuient fui fuyait
        bâtir bâtit
        secourir secouru secourus secourue secourues
        accueillir accueille accueillent accueilli accueillis accueillie accueillies accueillait
        """,
    "en": """
        say said says
        tell told
        go went gone goes
        give gave given + for
        take took taken + under over re mis
        come came + be over
        become became
        begin began begun
        break broke broken
        bring brought
        build built + re
        buy bought
        catch caught
        choose chose chosen
        deal dealt
        do did done
        draw drew drawn + with
        drink drank drunk
        drive drove driven
        eat ate eaten
        fall fell fallen
        feed fed
        fight fought
        find found
        flee fled
        fly flew flown
        forget forgot forgotten
        freeze froze frozen
        get got gotten
        grow grew grown
        hang hung
        hear heard + over
        hide hid hidden
        hold held + up with
        keep kept
        know knew known
        lay laid
        lead led + mis
        lend lent
        lose lost
        make made
        mean meant
        meet met
        pay paid + re
        ride rode ridden
        rise rose risen
        run ran
        see seen + over fore
        seek sought
        sell sold
        send sent
        shake shook shaken
        shoot shot
        show showed shown
        shrink shrank shrunk
        sing sang sung
        sink sank sunk
        sleep slept
        speak spoke spoken
        spend spent
        stand stood + with under
        steal stole stolen
        stick stuck
        strike struck stricken
        swear swore sworn
        sweep swept
        swim swam swum
        teach taught
        tear tore torn
        think thought
        throw threw thrown + over
        understand understood
        wake woke woken
        wear wore worn
        win won
        withdraw withdrew withdrawn
        write wrote written
        blow blew blown
        bear bore borne
        bind bound
        bleed bled
        breed bred
        cling clung
        dig dug
        forbid forbade forbidden
        forgive forgave forgiven
        grind ground
        lie lain
        mistake mistook mistaken
        overcome overcame
        sit sat
        slide slid
        spin spun
        spring sprang sprung
        sting stung
        swing swung
        weep wept
        die died dying dies dead
        """,
}


def lemma(folded: str, language: str) -> str:
    """The infinitive of an irregular verb of which a folded word is a form; the word itself where it is none."""
    return _lemmas(language).get(folded, folded)


@lru_cache(maxsize=2)
def _lemmas(language: str) -> dict[str, str]:
    return {fold(form): fold(verb) for verb, form in _forms(language)}


def _forms(language: str) -> Iterator[tuple[str, str]]:
    for line in _IRREGULAR[language].strip().splitlines():
        listed, _, before = line.partition(" + ")
        verb, *forms = listed.split()
        for prefix in ("", *before.split()):
            yield from ((prefix + verb, prefix + form) for form in forms)
