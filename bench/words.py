"""Hold the words that made-up records are built from; every enterprise is called « Exemple ».

Categories and sectors are those of the shared vocabularies; nothing here names a real enterprise.
"""

from __future__ import annotations

from typing import NamedTuple


class Trade(NamedTuple):
    """Describe a sector: how often it comes (of 100), the first words of its names, its forms, what it sells."""

    share: int
    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    categories: tuple[str, ...]


_COOPERATIVES = ("cooperative-de-solidarite", "cooperative-de-solidarite", "cooperative-de-travail", "obnl")
_MOSTLY_NON_PROFIT = ("obnl", "obnl", "obnl", "cooperative-de-solidarite")
_NON_PROFIT = ("obnl",)

TRADES = {
    "petite-enfance": Trade(
        11,
        ("Centre de la petite enfance", "CPE", "Halte-garderie", "Maison de la famille"),
        _NON_PROFIT,
        ("services-garde", "camps-jour", "activites-educatives"),
    ),
    "aide-a-domicile": Trade(
        4,
        ("Aide à domicile", "Coopérative de soutien à domicile", "Entretien ménager"),
        _COOPERATIVES,
        ("aide-domicile", "entretien-menager", "popote-repas-domicile", "lavage-vitres"),
    ),
    "sante-services-sociaux": Trade(
        7,
        ("Coopérative de santé", "Centre de jour", "Clinique", "Service d’entraide"),
        _MOSTLY_NON_PROFIT,
        ("sante-soins", "accompagnement-social", "conferences"),
    ),
    "action-communautaire": Trade(
        10,
        ("Centre d’action bénévole", "Maison de quartier", "Comptoir alimentaire", "Maison des jeunes"),
        _NON_PROFIT,
        ("accompagnement-social", "popote-repas-domicile", "location-salles", "conferences"),
    ),
    "insertion-emploi": Trade(
        4,
        ("Entreprise d’insertion", "Carrefour emploi", "Atelier-école", "Plateau de travail"),
        _NON_PROFIT,
        ("insertion-travail", "assemblage-conditionnement", "ressources-humaines", "cafeteria"),
    ),
    "education-formation": Trade(
        4,
        ("Centre de formation", "Groupe d’alphabétisation", "Coop scolaire", "École populaire"),
        _MOSTLY_NON_PROFIT,
        ("formation", "alphabetisation-langues", "activites-educatives", "conferences"),
    ),
    "habitation": Trade(
        12,
        ("Coopérative d’habitation", "Habitations", "Office de logement", "Résidence"),
        ("cooperative-de-consommateurs", "cooperative-de-consommateurs", "obnl"),
        ("gestion-immobiliere", "petits-travaux"),
    ),
    "immobilier-collectif": Trade(
        2,
        ("Immeuble collectif", "Espace partagé", "Fiducie"),
        _MOSTLY_NON_PROFIT,
        ("location-bureaux", "location-salles", "developpement-immobilier"),
    ),
    "construction-renovation": Trade(
        2,
        ("Coopérative de rénovation", "Construction", "Atelier de charpente"),
        _COOPERATIVES,
        ("renovation-construction", "peinture-batiment", "deconstruction", "petits-travaux"),
    ),
    "arts-culture": Trade(
        11,
        ("Théâtre", "Centre d’artistes", "Musée", "Festival", "Diffusion"),
        _MOSTLY_NON_PROFIT,
        ("spectacles", "arts-visuels", "patrimoine-visites", "location-salles", "organisation-evenements"),
    ),
    "medias-communications": Trade(
        3,
        ("Radio communautaire", "Télévision", "Journal", "Coopérative d’information"),
        _MOSTLY_NON_PROFIT,
        ("publicite-medias", "video-photo", "redaction-revision", "graphisme"),
    ),
    "loisir-tourisme-plein-air": Trade(
        10,
        ("Base de plein air", "Club de ski", "Auberge", "Camp", "Société récréative"),
        _MOSTLY_NON_PROFIT,
        ("sport-plein-air", "camps-plein-air", "hebergement", "sentiers-parcs", "location-evenements"),
    ),
    "alimentation-restauration": Trade(
        4,
        ("Cuisine collective", "Traiteur", "Café", "Épicerie", "Boulangerie"),
        _COOPERATIVES,
        ("traiteur", "boites-lunch", "pause-cafe", "boulangerie", "fruits-legumes"),
    ),
    "agriculture": Trade(
        3,
        ("Coopérative agricole", "Marché public", "Ferme", "Jardins collectifs"),
        ("cooperative-de-producteurs", "cooperative-de-solidarite", "obnl"),
        ("fruits-legumes", "produits-terroir", "agriculture-urbaine", "compostage"),
    ),
    "foresterie": Trade(
        1,
        ("Coopérative forestière", "Groupement forestier", "Pépinière"),
        ("cooperative-de-travail", "cooperative-de-producteurs"),
        ("amenagement-forestier", "arbres-plantation", "bois-chauffage"),
    ),
    "environnement-recuperation": Trade(
        3,
        ("Ressourcerie", "Centre de tri", "Comité de bassin", "Écocentre"),
        _MOSTLY_NON_PROFIT,
        ("collecte-matieres", "recyclage-informatique", "compostage", "conseil-environnement", "eau-milieux-naturels"),
    ),
    "commerce-de-detail": Trade(
        3,
        ("Friperie", "Magasin général", "Librairie", "Coopérative de consommation"),
        ("cooperative-de-consommateurs", "cooperative-de-solidarite", "obnl"),
        ("friperie", "livres-edition", "produits-terroir", "recuperation-meubles-textiles"),
    ),
    "fabrication": Trade(
        2,
        ("Ébénisterie", "Atelier", "Manufacture", "Coopérative de fabrication"),
        _COOPERATIVES,
        ("mobilier-bureau", "ebenisterie", "palettes-caisses", "couture-confection", "metal-fabrication"),
    ),
    "transport": Trade(
        1,
        ("Transport collectif", "Taxi-coop", "Vélo partage"),
        _COOPERATIVES,
        ("transport-adapte", "transport-collectif", "autopartage-velos", "livraison-messagerie"),
    ),
    "technologies-numeriques": Trade(
        1,
        ("Coopérative numérique", "Logiciels", "Laboratoire ouvert"),
        _COOPERATIVES,
        ("logiciels", "site-web", "soutien-informatique", "materiel-informatique"),
    ),
    "services-aux-entreprises": Trade(
        1,
        ("Coopérative de conseil", "Comptabilité", "Imprimerie"),
        _COOPERATIVES,
        ("conseil-gestion", "comptabilite", "impression", "soutien-administratif"),
    ),
    "finance-assurances": Trade(
        1,
        ("Caisse", "Fonds communautaire", "Mutuelle"),
        ("cooperative-de-services-financiers", "mutuelle", "obnl"),
        ("services-financiers", "conseil-gestion"),
    ),
    "services-funeraires": Trade(
        1,
        ("Coopérative funéraire", "Maison funéraire"),
        ("cooperative-de-consommateurs",),
        ("services-funeraires", "location-salles"),
    ),
    "energie-services-publics": Trade(
        1,
        ("Coopérative d’énergie", "Coopérative de télécommunication"),
        ("cooperative-de-solidarite",),
        ("energie", "conseil-environnement"),
    ),
}

_NOUNS = """
Érables Bouleaux Pionniers Rivages Lanternes Semailles Clochers Passerelles Abeilles Girouettes Moulins
Tisserands Hirondelles Cerisiers Marguerites Traversiers Violons Forgerons Horizons Nénuphars Outardes Pruches
Quenouilles Ruisseaux Sabliers Tournesols Veilleurs Mésanges Alouettes Bardeaux Cailloux Dunes Écluses
Fougères Galets Harfangs Isatis Jardiniers Kayaks Luciole Mélèzes Navires Oseraies Piverts Renards Sapinières
Tamaracs Vallons Castors Chardonnerets Falaises Goélands Huards Îlots Lilas Métiers Nordets Orignaux Phares
Rapides Savoirs Trilles Voisins Bernaches Cascades Draveurs Éperviers Framboises Grèves Herbes Jonquilles
Liens Myrtilles Nuages Ormes Pommiers Racines Saumons Tourelles Vagues Artisans Boussoles Cabanes Draperies
Étoiles Fenêtres Granges
"""
NOUNS = tuple(_NOUNS.split())

QUALITIES = (
    "du Nord",
    "du Levant",
    "du Ponant",
    "de la Baie",
    "de la Rivière",
    "du Vieux-Pont",
    "des Quatre-Vents",
    "du Grand-Détour",
    "de la Côte",
    "du Faubourg",
    "des Hautes-Terres",
    "du Lac",
    "de la Gare",
    "du Marché",
    "des Deux-Îles",
    "de la Montagne",
    "du Portage",
    "de l’Anse",
    "de la Vallée",
    "du Canton",
    "unis",
    "solidaires",
    "et compagnie",
    "d’ici",
    "pour tous",
)

STREETS = ("Exemple", "du Moulin", "Principale", "de l’Église", "des Érables", "du Parc", "Notre-Dame", "de la Gare")
STREET_KINDS = ("rue", "rue", "rue", "avenue", "boulevard", "chemin", "rang")

COMPLEMENTS = (
    "",
    "",
    "pour les municipalités",
    "pour les entreprises",
    "pour les établissements de santé",
    "pour les écoles",
    "à la demi-journée",
    "sur mesure",
    "à contrat annuel",
    "en région",
)

AIMS = (
    "Offrir à la population des services de proximité, de qualité et à juste prix",
    "Réunir les personnes qui veulent agir ensemble dans leur milieu",
    "Créer des emplois durables et accessibles",
    "Accompagner les personnes aînées, les familles et leurs proches",
    "Faire vivre la culture et le patrimoine de la région",
    "Donner une deuxième vie aux objets et réduire les déchets",
    "Favoriser l’intégration au travail de personnes qui en sont éloignées",
    "Mettre en marché les produits des membres à l’échelle du Québec",
)

MEANS = (
    "par une équipe formée et bien encadrée",
    "grâce à la participation de ses membres et de bénévoles",
    "en partenariat avec les organismes et les municipalités",
    "dans des lieux ouverts et accessibles à toute la population",
    "en réinvestissant tous ses surplus dans sa mission",
    "avec des pratiques respectueuses de l’environnement",
)

PARAGRAPHS = (
    "Fondée par un groupe de citoyennes et de citoyens, l’entreprise est dirigée par un conseil d’administration élu"
    " chaque année par ses membres. Elle compte aujourd’hui plusieurs équipes et reçoit ses clients sur rendez-vous.",
    "Ses services s’adressent autant aux particuliers qu’aux entreprises, aux municipalités et aux établissements"
    " publics. Une soumission est remise en quelques jours, et les travaux sont suivis par une personne responsable.",
    "L’entreprise mesure ses retombées chaque année et les publie dans son rapport annuel. Elle achète d’abord auprès"
    " de fournisseurs de la région et privilégie d’autres entreprises d’économie sociale.",
    "Ce qui la distingue :\n\n- une équipe **stable** et formée\n- des horaires souples, *même la fin de semaine*\n"
    "- un service offert dans toute la région",
)

DETAILS = (
    "Service offert toute l’année par une équipe d’expérience; le matériel est fourni.",
    "Formule adaptée aux besoins de chaque client, avec un suivi régulier et un rapport à la fin du mandat.",
    "Pour les petits et les grands groupes. Les produits locaux et écologiques sont privilégiés.",
    "Visite des lieux et estimation gratuites. Les travaux sont garantis un an.",
)

PRICES = ("38 $ l’heure", "à partir de 450 $", "12 $ à 18 $ par personne", "selon soumission", "95 $ la demi-journée")
DELAYS = ("Soumission en 5 jours ouvrables", "48 heures", "2 à 3 semaines", "Réservation un mois d’avance")
CAPACITIES = ("Jusqu’à 2 000 m² par semaine", "De 10 à 250 personnes", "6 équipes de 3 personnes", "40 tonnes par mois")
HOURS = ("Du lundi au vendredi, de 8 h 30 à 16 h 30", "Du mardi au samedi, de 9 h à 17 h", "Sur rendez-vous")
SOURCES = ("Liste publique Exemple", "Registre public Exemple", "Répertoire des membres Exemple")
SOCIAL = (
    "Douze personnes en parcours d’insertion chaque année.",
    "Des services accessibles à 400 ménages à faible revenu, avec une tarification selon les moyens.",
    "Quatre-vingts bénévoles et une vie associative ouverte à toute la communauté.",
)
ECONOMIC = (
    "La majorité des achats se font dans la MRC.",
    "Vingt-cinq emplois permanents, dont la moitié à temps plein, et tous les surplus réinvestis.",
)
ENVIRONMENTAL = (
    "Trente tonnes de matières détournées de l’enfouissement par année.",
    "Une flotte de véhicules en bonne partie électrique et des produits écologiques.",
)
INDICATORS = (
    ("Personnes en insertion", "personnes"),
    ("Heures de bénévolat", "heures"),
    ("Emplois maintenus", "emplois"),
    ("Matières récupérées", "tonnes"),
    ("Ménages servis", "ménages"),
)
