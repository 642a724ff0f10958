"""The one incident of a short report: its day, its tolls; all texts are our own."""

import pandas as pd
import pytest

from corpus_tools import timeline

WEDNESDAY = pd.Timestamp("2023-10-11")


def incident(text, published=WEDNESDAY):
    article = pd.DataFrame({"article_id": ["a"], "text": [text], "published": [published]})
    return timeline.main_incident(article)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A man was arrested on Tuesday, police said. The shooting happened on Sunday night in Lenn.", "2023-10-08"),
        ("Published Monday, Oct. 9, 2023. A clerk was robbed in Lenn on Saturday.", "2023-10-07"),
        ("A clerk was shot overnight in Lenn, police said.", "2023-10-10"),
        ("Shots were fired at a car about 9 p.m. in Lenn.", "2023-10-10"),
        ("Shots were fired at a car about 2 a.m. in Lenn.", "2023-10-11"),
        ("A man died on Monday in Lenn hospital. He had been shot at 8 p.m. Friday, police said.", "2023-10-06"),
        ("The jury heard on Tuesday how the clerk was shot on 3 March 2021 in her shop.", "2021-03-03"),
        ("Officers were called to Elm Street at midnight on Saturday.", "2023-10-07"),
    ],
)
def test_the_day_of_the_incident_is_told_from_the_days_of_what_came_after(text, day):
    assert str(incident(text).day.date()) == day


@pytest.mark.parametrize(
    "text", ["A man was shot in Lenn.", "", "The trial will open on Friday.", "It rained in 2021."]
)
def test_without_a_past_day_in_the_text_there_is_none(text):
    assert incident(text).day is None


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A man and his wife were shot on Elm Street on Sunday.", None, 2),
        ("Two men with guns came, and a clerk was shot on Sunday.", None, 1),
        ("A clerk was approached by two men and was shot on Sunday.", None, 1),
        ("A man in his 50s was pronounced dead on Elm Street on Sunday.", 1, None),
        ("A caller told a 911 dispatcher that a man was shot on Sunday.", None, 1),
        ("A neighbour at 9627 Miller County Road was shot on Sunday.", None, 1),
        ("A man arrived in hospital with two gunshot wounds on Sunday.", None, 1),
        ("The fatal shooting of a clerk on Sunday is being investigated.", 1, None),
        ("A woman tried to kill her son on Sunday.", None, None),
        ("Detectives executed a search warrant on Sunday.", None, None),
        ("A man was shot and killed and a woman was wounded on Sunday.", 1, 1),
        ("One man was killed and another wounded on Sunday.", 1, 1),
        ("A 16-year-old was shot in the arm on Sunday.", None, 1),
        ("The robber shot him in the leg on Sunday.", None, 1),
        ("A man died on Sunday after he was shot in Lenn.", 1, None),
        ("A man who was shot in the chest passed away on Sunday.", 1, None),
        ("A clerk died on Sunday shortly after shooting himself.", 1, None),
        ("On Sunday a man killed himself after shooting her in the arm.", 1, 1),
        ("A clerk was shot and later died on Sunday, and her brother was wounded.", 1, 1),
        ("Two people in a car were shot to death on Sunday.", 2, None),
        ("Officers found the clerk deceased on Sunday.", 1, None),
        ("A clerk had been fatally stabbed on Sunday.", 1, None),
        ("A woman was killed and he was shot on Sunday.", 1, 1),
        ("A man killed his wife and then was shot in the arm on Sunday.", 1, 1),
        ("The clerk's deceased father owned a shop that opened on Sunday.", None, None),
        ("A 9 mm gun was found on Sunday, and a clerk was taken to Lenn Hospital.", None, 1),
        ("A man is breathing after being shot on Sunday.", None, 1),
        ("A boy was struck in the eye by a pellet on Sunday.", None, 1),
        ("A pellet grazed the woman on Sunday.", None, 1),
        ("One bullet struck him in the arm on Sunday.", None, 1),
        ("The deal struck two thousand workers as odd on Sunday.", None, None),
        ("Another person was also shot on Sunday.", None, 1),
        ("His uncle was shot in the head on Sunday.", None, 1),
        ("The robber shot the other individual in the face on Sunday.", None, 1),
        ("The robber shot Ferren several times on Sunday.", None, 1),
        ("The victim was taken to Lenn General Hospital on Sunday after the shooting.", None, 1),
        ("The clerk was rushed by ambulance to a trauma center on Sunday.", None, 1),
    ],
)
def test_tolls_of_short_reports(text, killed, injured):
    found = incident(text)
    assert (found.killed, found.injured) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Four people shot in a park in Oskeld on Sunday are recovering.", None, 4),
        ("Both were taken to Arlen General Hospital on Sunday.", None, 2),
        ("The crash killed one man and injured another on Sunday.", 1, 1),
        ("A fight on Sunday put two teens in the hospital.", None, 2),
        ("A parking attendant sustained a non-life-threatening injury on Sunday.", None, 1),
        ("Neither the driver nor three children were injured on Sunday.", None, None),
        ("Three men, ages 25, 27 and 29, were injured on Sunday.", None, 3),
        ("A bullet nearly struck him on Sunday.", None, None),
        ("On Sunday he shot twice into the air.", None, None),
        ("He was arrested on Sunday for the shooting of Ada Ferren.", None, 1),
        ("A boy was shot on Sunday. He died three days later.", 1, 0),
    ],
)
def test_who_was_hurt_and_who_was_not(text, killed, injured):
    found = incident(text)
    assert (found.killed, found.injured) == (killed, injured)


def test_a_house_number_is_no_year():
    events = timeline.events(
        pd.DataFrame(
            {
                "article_id": ["a"],
                "published": [WEDNESDAY],
                "text": ["Two people were hurt in the 1900 block of Mill Road on Sunday."],
            }
        )
    )
    assert events["begin"].dt.year.tolist() == [2023]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A gunman shot his wife in Lenn on Sunday. She is expected to survive. The gunman was found dead.", 1, 1),
        ("Ada Ferren was shot in Lenn on Sunday. Omar Haddad then killed himself, police said.", 1, 1),
        ("Four men were shot in Lenn on Sunday and one of them was killed.", 1, 3),
        ("A man was shot in Lenn on Sunday. The man died in hospital.", 1, 0),
    ],
)
def test_the_dead_are_not_counted_as_hurt_but_others_are(text, killed, injured):
    article = pd.DataFrame({"article_id": ["a"], "text": [text], "published": [pd.Timestamp("2018-03-20")]})
    incident = timeline.main_incident(article)
    assert (incident.killed, incident.injured) == (killed, injured)
