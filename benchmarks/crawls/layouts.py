"""Pages as outlets make them: one function a layout. Which one an outlet has, it keeps."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from benchmarks.crawls.furniture import Furniture
from benchmarks.crawls.stories import Stories, Story


def page_of(stories: Stories, story: Story) -> str:
    """The page of a story: HTML of some 30 to 150 KB."""
    furniture = Furniture(stories, story, stories.chance(story.number, "page"))
    return LAYOUTS[layout_of(story)](furniture)


def _inline(part: Furniture, paragraph: str) -> str:
    """A paragraph as HTML: links and emphasis here and there, marks as entities where the outlet writes them so."""
    words = escape(paragraph).replace("&#x27;", "'").replace("&quot;", '"').split(" ")
    for at in range(6, len(words) - 3, 17):
        if part.chance.random() < 0.25:
            tag = part.chance.choice((f'<a href="/topic/{at}">', "<em>", "<strong>"))
            words[at] = f"{tag}{words[at]}</{tag[1:].split(' ')[0].rstrip('>')}>"
    text = " ".join(words)
    if part.story.outlet.number % 3 == 0:
        text = text.replace("“", "&ldquo;").replace("”", "&rdquo;").replace("’", "&rsquo;").replace("—", "&mdash;")
    return text


def _between(part: Furniture, at: int) -> str:
    """What stands after a paragraph of the body, if anything does."""
    if at == 1:
        return part.related()
    if at == 4:
        return part.newsletter()
    return part.advert() if at % 3 == 2 else ""


def _semantic(part: Furniture) -> str:
    """The elements of HTML as they are meant."""
    story, draw = part.story, part.chance.randrange
    body = "\n".join(f"<p>{_inline(part, each)}</p>{_between(part, at)}" for at, each in enumerate(story.paragraphs))
    return (
        f'<!doctype html>\n<html lang="en">\n{part.head(json_ld=part.json_ld(), style_kb=draw(2, 12))}\n<body>\n'
        f'{part.consent()}<header>{part.menu(draw(20, 90))}</header>\n<main>\n<article class="story">\n<header>'
        f'<h1 class="story__headline">{escape(story.headline)}</h1>\n'
        f'<p class="story__standfirst">{escape(story.standfirst)}</p>\n<div class="story__byline">By '
        f'<a rel="author" href="/by">{story.author}</a></div>\n<time datetime="{story.published.isoformat()}">'
        f"{story.published:%d %B %Y, %H.%M} GMT</time>\n{part.share()}</header>\n{part.picture()}\n"
        f"{body}\n</article>\n{part.teasers(draw(4, 14), title='More on this story')}</main>\n"
        f"<aside>{part.teasers(draw(5, 12), title='Most viewed')}</aside>\n{part.comments(draw(0, 30))}\n"
        f"{part.footer(draw(30, 70))}\n{part.script(draw(4, 20))}</body></html>"
    )


def _hashed(part: Furniture) -> str:
    """A page of components: class names without meaning, much of it kept again as JSON."""
    story, draw = part.story, part.chance.randrange
    blocks = [
        f'<div class="sc-{draw(4096):x} {draw(65536):x}" data-component="text-block"><p class="sc-{draw(4096):x}">'
        f"{_inline(part, each)}</p></div>{_between(part, at)}"
        for at, each in enumerate(story.paragraphs)
    ]
    body = "\n".join(blocks)
    return (
        f'<!DOCTYPE html><html lang="en-GB">{part.head(json_ld=part.json_ld(), style_kb=draw(10, 25))}<body>'
        f'<div id="__next"><div class="sc-a1">{part.menu(draw(30, 100), tag="div")}</div><div class="sc-b2">'
        f'<main id="main-content"><article><div data-component="headline-block"><h1 class="sc-{draw(4096):x}">'
        f'{escape(story.headline)}</h1></div><div data-component="byline-block"><div class="sc-c3 byline">'
        f"<span>{story.author}</span></div></div><div data-component='image-block'>{part.picture()}</div>{body}"
        f'<div data-component="tags"><ul><li>{part.link("Politics")}</li><li>{part.link("Climate")}</li></ul></div>'
        f"</article></main>{part.teasers(draw(8, 20), title='Top stories')}</div>{part.footer(draw(30, 60))}</div>"
        f"{part.state(draw(10, 40))}{part.script(draw(2, 8))}</body></html>"
    )


def _weblog(part: Furniture) -> str:
    """A theme of a weblog system, with its side bar."""
    story, draw = part.story, part.chance.randrange
    body = "\n\n".join(
        f'<p class="wp-block-paragraph">{_inline(part, each)}</p>\n{_between(part, at)}'
        for at, each in enumerate(story.paragraphs)
    )
    scripts = "\n".join(
        f"<script src='/wp-includes/js/{n}.js?ver=6.{n}' id='s{n}-js' defer></script>" for n in range(30)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en-US" class="no-js">\n'
        f"{part.head(json_ld=part.json_ld(), style_kb=draw(15, 40))}\n"
        f'<body class="post-template-default single postid-{draw(99999)} single-format-standard">\n'
        f'<div id="page" class="site"><header id="masthead" class="site-header">{part.menu(draw(20, 60))}</header>\n'
        f'<div id="content" class="site-content"><div id="primary" class="content-area"><main class="site-main">\n'
        f'<article id="post-{draw(99999)}" class="post type-post status-publish hentry">\n<header class="entry-header">'
        f'<h1 class="entry-title">{escape(story.headline)}</h1>\n<div class="entry-meta"><span class="posted-on">'
        f'<time class="entry-date published" datetime="{story.published.isoformat()}">{story.published:%B %d, %Y}'
        f'</time></span> <span class="byline">by <a class="url fn n" href="/author">{story.author}</a></span></div>'
        f'</header>\n<div class="entry-content">\n{part.picture()}\n{body}\n{part.share()}</div>\n'
        f'<footer class="entry-footer">'
        f"Filed under {part.link('Business')}, {part.link('Travel')}</footer></article>\n{part.comments(draw(0, 40))}"
        f'</main></div>\n<div id="secondary" class="widget-area">{part.teasers(draw(5, 15), title="Recent posts")}'
        f"{part.menu(draw(20, 50), tag='div')}</div></div>\n{part.footer(draw(10, 40))}</div>\n{scripts}\n"
        f"{part.script(draw(4, 16))}</body></html>"
    )


def _tables(part: Furniture) -> str:
    """A page in tables, its paragraphs parted by line breaks."""
    story, draw = part.story, part.chance.randrange
    body = "<br><br>\n".join(_inline(part, each) for each in story.paragraphs)
    left = "".join(f"<tr><td>{part.link(part.line())}</td></tr>" for _ in range(draw(20, 60)))
    return (
        f"<html>\n{part.head(json_ld='', style_kb=draw(1, 4))}\n<body bgcolor='#ffffff'>\n<table width='100%'><tr>"
        f"<td colspan='3'>{part.menu(draw(15, 40), tag='div')}</td></tr>\n<tr><td width='160' valign='top'><table>"
        f"{left}</table></td>\n<td valign='top'><h1>{escape(story.headline)}</h1>\n<div class='author'>By "
        f"{story.author}</div>\n<div class='date'>{story.published:%A, %B %d, %Y}</div>\n<div id='articletext'>\n"
        f"{body}\n</div>{part.share()}</td>\n<td width='300' valign='top'>{part.advert()}"
        f"{part.teasers(draw(8, 20), title='Also today')}</td></tr></table>\n{part.comments(draw(0, 20))}\n"
        f"{part.footer(draw(15, 40))}{part.script(draw(10, 40))}</body></html>"
    )


def _drawn(part: Furniture) -> str:
    """A page that a script draws: the article stands in its JSON-LD alone."""
    draw = part.chance.randrange
    return (
        f'<!doctype html><html lang="en">{part.head(json_ld=part.json_ld(with_body=True), style_kb=draw(4, 12))}<body>'
        f'<div id="root"></div><noscript>You need to enable JavaScript to read this page.</noscript>'
        f"{part.state(draw(15, 60))}{part.script(draw(10, 40))}</body></html>"
    )


def _stated(part: Furniture) -> str:
    """As the semantic one, in other elements, and the whole article once more in the JSON-LD."""
    story, draw = part.story, part.chance.randrange
    body = "\n".join(
        f'<p class="paragraph">{_inline(part, each)}</p>{_between(part, at)}'
        for at, each in enumerate(story.paragraphs)
    )
    head = part.head(json_ld=part.json_ld(with_body=True), style_kb=draw(4, 16))
    return (
        f'<!doctype html>\n<html lang="en">\n{head}\n'
        f'<body class="page--article">{part.consent()}<div class="page"><div class="top">{part.menu(draw(30, 80))}'
        f'</div><section class="article" itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">'
        f'{escape(story.headline)}</h1><h2 class="article__subtitle">{escape(story.standfirst)}</h2>'
        f'<span itemprop="author">{story.author}</span>{part.picture()}<div itemprop="articleBody" class="body">'
        f"\n{body}\n</div>{part.share()}</section>{part.teasers(draw(6, 18), title='Read next')}</div>"
        f"{part.comments(draw(0, 25))}{part.footer(draw(20, 60))}{part.script(draw(4, 24))}</body></html>"
    )


LAYOUTS: dict[str, Callable[[Furniture], str]] = {
    "semantic": _semantic,
    "hashed": _hashed,
    "weblog": _weblog,
    "stated": _stated,
    "tables": _tables,
    "drawn": _drawn,
}
_WHICH = [
    "semantic", "hashed", "weblog", "stated", "semantic", "hashed", "weblog", "semantic", "hashed", "stated", "weblog",
    "semantic", "tables", "hashed", "semantic", "weblog", "stated", "hashed", "semantic", "weblog", "drawn",
]  # fmt: skip
"""The layouts of twenty-one outlets in a row: old ones and those drawn by a script are few."""


def layout_of(story: Story) -> str:
    """Name of the layout that a story's outlet has."""
    return _WHICH[story.outlet.number % len(_WHICH)]
