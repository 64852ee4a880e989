"""What stands around a story, with the death counts of other stories, is no part of its text."""

import pytest

from casualties.articles.clean import clean_page
from casualties.articles.tidy import Kind, sort_lines

URL = "https://lowland-mail.example/world/dam"
STORY = [
    f"In {place}, {number} people were brought to safety by boat on Friday after the dam upstream gave way, and the "
    f"mayor said that {number // 3} houses along the river could no longer be lived in."
    for number, place in enumerate(("Arden", "Bellmoor", "Corrick", "Dunmere", "Eastholm", "Farrow"), 20)
]
OTHERS = [
    ("Bus plunges into ravine, 46 dead", "At least 46 pilgrims died when their bus left the road on Monday evening."),
    (
        "Mine collapse leaves 120 missing",
        "Rescuers say that 120 miners are still below ground after the roof gave way.",
    ),
    ("Factory blaze kills 31 workers", "The fire in a garment factory killed 31 workers who could not open the doors."),
]


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


S, HEAD, TAIL = paragraphs(STORY), paragraphs(STORY[:3]), paragraphs(STORY[3:])
ITEMS = "".join(f'<li><a href="/n/{n}">{headline}</a></li>' for n, (headline, _) in enumerate(OTHERS))
CARDS = "".join(f'<div><h3><a href="/n/{n}">{h}</a></h3><p>{blurb}</p></div>' for n, (h, blurb) in enumerate(OTHERS))
LINKS = "".join(f'<a href="/n/{n}"><h3>{h}</h3><p>{blurb}</p></a>' for n, (h, blurb) in enumerate(OTHERS))
COMMENT = "<p>I heard that at least 900 people died there, they hide it from us all.</p>"
SECOND = paragraphs([f"{OTHERS[0][1]} Part {n} tells about the victims from the bus and their town." for n in range(6)])

PAGES = {
    "a list of related stories inside the article": f"<article>{S}<h2>Related stories</h2><ul>{ITEMS}</ul></article>",
    "a link between paragraphs": f'<article>{HEAD}<p><a href="/n/1"><b>{OTHERS[0][0]}</b></a></p>{TAIL}</article>',
    "a labelled link": f'<article>{HEAD}<p><b>Read also:</b> <a href="/n/1">{OTHERS[0][0]}</a></p>{TAIL}</article>',
    "comments": f'<article>{S}<div id="comments"><h3>1 comment</h3><div>{COMMENT}</div></div></article>',
    "comments without class names": f"<main><article>{S}</article><section><h3>Comments</h3>{COMMENT}</section></main>",
    "a cookie banner": f'<article><div class="cookie"><p>We and 46 partners use cookies.</p></div>{S}</article>',
    "another article below": f"<main><article>{S}</article><article><h1>{OTHERS[0][0]}</h1>{SECOND}</article></main>",
    "cards below": f"<main><article>{S}</article><div><h2>More from World</h2>{CARDS}</div></main>",
    "cards inside the article": f"<article>{S}{CARDS}</article>",
    "cards that are links": f"<article>{HEAD}<div>{LINKS}</div>{TAIL}</article>",
    "nothing but divs": f"<div><div><div>{S}</div><div><div>{CARDS}</div></div></div></div>",
    "a ticker": f'<div><b>BREAKING</b> <a href="/x">{OTHERS[0][0]}</a></div><article>{S}</article>',
    "a picture": f"<article>{HEAD}<figure><figcaption>The bus in which 46 died</figcaption></figure>{TAIL}</article>",
    "a layout of tables": f"<table><tr><td><table><tr><td>{S}</td></tr></table></td><td>{CARDS}</td></tr></table>",
    "paragraphs that are divs": "<div>" + "".join(f"<div>{p}</div>" for p in STORY) + f"</div><div>{CARDS}</div>",
    "line breaks for paragraphs": f"<article><div>{'<br><br>'.join(STORY)}</div></article><aside>{CARDS}</aside>",
}


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES.keys())
def test_the_story_comes_whole_and_alone_from_a_page_with(body):
    html = f"<html><head><title>Dam gives way | Lowland Mail</title></head><body>{body}</body></html>"
    assert clean_page(html.encode(), URL).text.split("\n") == STORY


def test_a_title_that_links_to_its_own_page_is_no_teaser():
    html = f'<div><h2><a href="{URL}">Dam gives way above six villages</a></h2><p>{STORY[0]}</p></div>'
    assert clean_page(f"<html><body>{html}</body></html>".encode(), URL).text == STORY[0]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Vera Lund", Kind.HEAD),
        ("By Monday evening, 46 people had died.", Kind.STORY),
        ("Updated 3 May 2022, 10:30", Kind.HEAD),
        ("Published figures put the dead at 46.", Kind.STORY),
        ("May 3, 2022", Kind.HEAD),
        ("Click here to get the app", Kind.SERVICE),
        ("Follow us on Facebook and Twitter", Kind.SERVICE),
        ("Followers of the sect were shot on Sunday.", Kind.STORY),
        ("Sign up for our morning newsletter", Kind.SERVICE),
        ("Men who wanted to sign up for the army were killed at the gate.", Kind.STORY),
        ("Comments (12)", Kind.SERVICE),
        ("Share this article", Kind.SERVICE),
        ("Read more", Kind.SERVICE),
        ("© 2022 Lowland Mail", Kind.SERVICE),
        ("Subscribe to continue reading", Kind.WALL),
        ("The town subscribed to the truce that was to read as a promise of peace.", Kind.STORY),
    ],
)
def test_the_first_line_of_a_text_is(line, kind):
    assert [found for found, _ in sort_lines(line, frozenset())] == [kind]


def test_a_byline_after_the_story_began_stays():
    assert [kind for kind, _ in sort_lines(f"{STORY[0]}\nBy Vera Lund", frozenset())] == [Kind.STORY, Kind.STORY]
