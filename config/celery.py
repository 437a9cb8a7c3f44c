"""The Celery application and its one schedule. Celery only rings the bell: what is due is in the database."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("reflexes_publics")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # Sends what is due, and proves that beat, broker and worker are alive (see /sante/).
    "rappels-sonner": {
        "task": "rappels.tasks.sonner",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    # Says that nothing leaves any more.
    "rappels-surveiller": {
        "task": "rappels.tasks.surveiller",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    # Records that tests are past their date; readers never wait for it.
    "tests-perimer": {
        "task": "tests_programme.tasks.perimer",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
    # What follows the closing of a dispositif, should its worker have died half way.
    "engagement-clotures": {
        "task": "engagement.tasks.achever_les_clotures",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
    # Who bears a test changes between its transitions.
    "tests-replanifier": {
        "task": "tests_programme.tasks.replanifier",
        "schedule": crontab(hour=6, minute=10),
    },
    # What has waited too long at a desk, told once a day before people arrive.
    "guichet-rappeler": {
        "task": "engagement.tasks.rappeler_le_guichet",
        "schedule": crontab(hour=6, minute=20),
    },
    # What the desk reads in the morning: which needs nobody answers.
    "suggestions-calculer": {
        "task": "engagement.tasks.calculer_toutes_les_suggestions",
        "schedule": crontab(hour=4, minute=45),
        "options": {"expires": 3000},
    },
    # The words that « vouliez-vous dire » knows.
    "accueil-vocabulaire": {
        "task": "accueil.tasks.renouveler_le_vocabulaire",
        "schedule": crontab(minute=25),
        "options": {"expires": 3000},
    },
    # Each link once a week; every night, what is due.
    "pistes-verifier-les-liens": {
        "task": "pistes.tasks.verifier_les_liens",
        "schedule": crontab(hour=2, minute=30),
    },
    # Large exports whose bell was lost, or whose worker died.
    "rapports-reprendre": {
        "task": "rapports.tasks.reprendre",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    # What a visitor may read, as files.
    "rapports-donnees-ouvertes": {
        "task": "rapports.tasks.publier_les_donnees",
        "schedule": crontab(hour=2, minute=10),
    },
    "rapports-effacer": {
        "task": "rapports.tasks.effacer_les_fichiers",
        "schedule": crontab(hour=4, minute=30),
    },
    # Every personal datum has an end; the page /donnees-personnelles/ promises these.
    "rappels-effacer": {
        "task": "rappels.tasks.effacer_les_adresses",
        "schedule": crontab(hour=3, minute=40),
    },
    "comptes-effacer": {
        "task": "comptes.tasks.effacer_les_invitations",
        "schedule": crontab(hour=3, minute=50),
    },
    "sessions-effacer": {
        "task": "comptes.tasks.effacer_les_sessions",
        "schedule": crontab(hour=3, minute=45),
    },
    "comptes-effacer-les-choix": {
        "task": "comptes.tasks.effacer_les_choix",
        "schedule": crontab(hour=3, minute=55),
    },
    "temoignages-effacer": {
        "task": "reflexes.tasks.effacer_les_ecartes",
        "schedule": crontab(hour=3, minute=35),
    },
    "annuaire-effacer": {
        "task": "pistes.tasks.effacer_les_fiches",
        "schedule": crontab(hour=4, minute=10),
    },
    "tests-effacer": {
        "task": "tests_programme.tasks.effacer_les_parties",
        "schedule": crontab(hour=4, minute=0),
    },
    "tests-effacer-les-paroles": {
        "task": "tests_programme.tasks.effacer_les_paroles",
        "schedule": crontab(hour=4, minute=5),
    },
    "tests-effacer-les-lecteurs": {
        "task": "tests_programme.tasks.effacer_les_lecteurs",
        "schedule": crontab(hour=4, minute=10),
    },
    "tests-effacer-les-orphelins": {
        "task": "tests_programme.tasks.effacer_les_orphelins",
        "schedule": crontab(hour=4, minute=20),
    },
    # Records that missions are over; readers never wait for it.
    "missions-ramener": {
        "task": "engagement.tasks.ramener_les_missions",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
    # Who follows, welcomes or manages changes during a mission.
    "missions-suivre": {
        "task": "engagement.tasks.suivre_les_missions",
        "schedule": crontab(hour=6, minute=20),
    },
    "guichet-effacer-les-orphelins": {
        "task": "engagement.tasks.effacer_les_orphelins",
        "schedule": crontab(hour=4, minute=25),
    },
    # A place held 48 hours goes to the next; readers never wait for it.
    "places-passer": {
        "task": "engagement.tasks.passer_les_places",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
    # A list of calls is erased on its day; readers never wait for it.
    "appels-tenir": {
        "task": "engagement.tasks.tenir_les_listes_appels",
        "schedule": crontab(hour=3, minute=25),
    },
    "besoins-oublier": {
        "task": "engagement.tasks.oublier_les_besoins",
        "schedule": crontab(hour=3, minute=20),
    },
    "engagement-effacer-les-personnes": {
        "task": "engagement.tasks.effacer_les_personnes",
        "schedule": crontab(hour=4, minute=25),
    },
}
