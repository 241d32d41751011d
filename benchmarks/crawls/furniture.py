"""What stands on a page around the article: metadata, menus, advertising, teasers, comments, footers, scripts."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from benchmarks.crawls.stories import Stories, Story

SECTIONS = "News World Politics Business Money Sport Football Culture Books Film Science Climate Health Travel".split()
_CODE = (
    "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}",
    "!function(e,t,n){e[n]=e[n]||[];e[n].push({start:(new Date).getTime(),event:'view'})}(window,document,'tags');",
    "var slots={};(function(){for(var i=0;i<12;i++){slots['s'+i]={sizes:[[300,250],[728,90]],lazy:i>2}}})();",
    "if(a<b&&c>d){document.write('<div class=\"ad\"><p>Words in a script are no words of the page.</p></div>')}",
)
_STYLE = (
    ".{name}__{part}{{display:flex;margin:0 auto;padding:{a}px {b}px;max-width:{c}px;font:400 {a}px/1.5 Georgia,serif}}"
    "@media (min-width:{c}px){{.{name}__{part}{{padding:{b}px}}.{name}__{part}>a:hover{{color:#0{a}{b}}}}}"
)
_ICON = (
    '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M{a} 2C6.{b} 2 2 6.48 2 12s4.48 10 '
    '10 10 10-4.48 10-10S17.{b} 2 12 2zm{a} 15h-2v-6h2v6zm0-8h-2V7h2v2z"/></svg>'
)


@dataclass(slots=True)
class Furniture:
    """The pieces of one page; what is drawn for them is drawn for this page alone."""

    stories: Stories
    story: Story
    chance: random.Random

    def sentence(self) -> str:
        """A sentence of somebody else's, as HTML."""
        return escape(self.chance.choice(self.stories.sentences))

    def line(self) -> str:
        """A headline of another article, as HTML."""
        return escape(self.stories.line(self.chance))

    def link(self, words: str, *, rel: str = "") -> str:
        """A link to another page of the outlet."""
        path = f"/{self.chance.choice(SECTIONS).lower()}/{self.chance.getrandbits(32):x}"
        return f'<a class="link" href="{path}" data-link-name="{self.chance.getrandbits(24):x}"{rel}>{words}</a>'

    def head(self, *, json_ld: str, style_kb: int) -> str:
        """The page's head."""
        story, title = self.story, escape(self.story.headline)
        image = f"https://media.{story.outlet.host}/{self.chance.getrandbits(48):x}"
        metas = [
            '<meta charset="utf-8">', '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title} | {escape(story.outlet.name)}</title>",
            f'<meta name="description" content="{escape(story.standfirst)}">',
            f'<link rel="canonical" href="{story.url}">',
            f'<meta property="og:title" content="{title}">', '<meta property="og:type" content="article">',
            f'<meta property="og:site_name" content="{escape(story.outlet.name)}">',
            f'<meta property="og:url" content="{story.url}">',
            f'<meta property="og:description" content="{escape(story.standfirst)}">',
            *(f'<meta property="og:image:{part}" content="{image}/{part}.jpg">' for part in ("url", "secure_url")),
            f'<meta property="article:published_time" content="{story.published.isoformat()}">',
            f'<meta property="article:section" content="{self.chance.choice(SECTIONS)}">',
            f'<meta name="author" content="{story.author}">', '<meta name="robots" content="max-image-preview:large">',
            f'<meta name="twitter:title" content="{title}">',
            '<meta name="twitter:card" content="summary_large_image">',
            *(f'<link rel="preload" as="font" crossorigin href="/fonts/{n}.woff2">' for n in range(4)),
            *(f'<link rel="alternate" hreflang="en-{each}" href="{story.url}?in={each}">' for each in ("gb", "us")),
            *(f'<link rel="stylesheet" href="/css/{n}.{self.chance.getrandbits(32):x}.css">' for n in range(3)),
        ]  # fmt: skip
        return f"<head>\n{chr(10).join(metas)}\n{json_ld}\n{self.style(style_kb)}\n{self.script(2)}\n</head>"

    def json_ld(self, *, with_body: bool = False) -> str:
        """What the page states about its article for search engines."""
        story = self.story
        article = {
            "@type": "NewsArticle", "@id": story.url, "headline": story.headline,
            "datePublished": story.published.isoformat(), "dateModified": story.published.isoformat(),
            "inLanguage": "en", "author": [{"@type": "Person", "name": story.author}],
            "publisher": {"@type": "NewsMediaOrganization", "name": story.outlet.name},
            "mainEntityOfPage": {"@type": "WebPage", "@id": story.url},
            "image": [f"https://media.{story.outlet.host}/{self.chance.getrandbits(48):x}.jpg"],
        }  # fmt: skip
        if story.outlet.number % 3:
            article["description"] = story.standfirst
        if with_body:
            article["articleBody"] = "\n\n".join(story.paragraphs)
        crumbs = [{"@type": "ListItem", "position": at, "name": each} for at, each in enumerate(SECTIONS[:3], start=1)]
        graph = [{"@type": "BreadcrumbList", "itemListElement": crumbs}, article]
        stated = json.dumps(
            {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=self.chance.random() < 0.5
        )
        stated = stated.replace("</", "<\\/")
        return f'<script type="application/ld+json">{stated}</script>'

    def style(self, kilobytes: int) -> str:
        """A style sheet in the page."""
        return f"<style>{self._filled(kilobytes, self._rule)}</style>" if kilobytes else ""

    def _rule(self) -> str:
        draw = self.chance.randrange
        return _STYLE.format(
            name=f"c{draw(999)}", part=f"p{draw(99)}", a=draw(8, 30), b=draw(10, 60), c=draw(300, 1300)
        )

    def script(self, kilobytes: int) -> str:
        """A script in the page, of those that count and advertise."""
        return f"<script>{self._filled(kilobytes, lambda: self.chance.choice(_CODE))}</script>"

    def state(self, kilobytes: int) -> str:
        """What a page that is drawn by a script keeps of itself: JSON with the teasers of other articles in it."""
        made = self._filled(kilobytes, lambda: json.dumps(self._teaser()) + ",")
        return f'<script id="__STATE__" type="application/json">{{"feed":[{made.rstrip(",")}]}}</script>'

    def _teaser(self) -> dict[str, str]:
        headline, text = self.stories.line(self.chance), self.chance.choice(self.stories.sentences)
        return {"id": f"{self.chance.getrandbits(64):x}", "headline": headline, "standfirst": text}

    @staticmethod
    def _filled(kilobytes: int, make: Callable[[], str]) -> str:
        parts, size = [], 0
        while size < kilobytes * 1024:
            parts.append(make())
            size += len(parts[-1])
        return "\n".join(parts)

    def icon(self) -> str:
        """A small drawing."""
        return _ICON.format(a=self.chance.randrange(10, 14), b=self.chance.randrange(10, 60))

    def menu(self, links: int, *, tag: str = "nav") -> str:
        """The site's menu, or a list of links like it."""
        items = "".join(f'<li class="menu__item">{self.link(self.chance.choice(SECTIONS))}</li>' for _ in range(links))
        return f'<{tag} class="menu" aria-label="Sections"><button>{self.icon()}Menu</button><ul>{items}</ul></{tag}>'

    def consent(self) -> str:
        """The question about cookies."""
        return (
            '<div id="consent" class="cookie-banner"><p>We and our 214 partners store and read information on '
            "your device, such as cookies, to measure how our pages are used and to show you advertising.</p>"
            "<button>Accept all</button><button>Settings</button></div>"
        )

    def share(self) -> str:
        """The row of buttons to share the article with."""
        places = ("Share", "Post", "Email", "Copy link")
        items = "".join(f'<li><a href="#{each.lower()}" rel="nofollow">{self.icon()}{each}</a></li>' for each in places)
        return f'<ul class="share-tools">{items}</ul>'

    def picture(self) -> str:
        """A picture with its caption."""
        sizes = ", ".join(f"/img/{self.chance.getrandbits(40):x}.jpg?w={width} {width}w" for width in (320, 640, 1280))
        return (
            f'<figure class="image"><picture><source srcset="{sizes}" type="image/webp"><img alt="{self.line()}" '
            f'srcset="{sizes}" loading="lazy"></picture><figcaption>{self.sentence()} Photograph: '
            f"{self.story.author}/{escape(self.story.outlet.name)}</figcaption></figure>"
        )

    def advert(self) -> str:
        """A place for advertising."""
        return (
            f'<div class="ad-slot" id="slot-{self.chance.randrange(99)}" aria-hidden="true"><span>Advertisement</span>'
            f"<script>{self.chance.choice(_CODE)}</script></div>"
        )

    def related(self) -> str:
        """Other articles that are named in the middle of this one."""
        items = "".join(f"<li>{self.link(self.line())}</li>" for _ in range(3))
        return f'<aside class="related"><h3>Read more</h3><ul>{items}</ul></aside>'

    def newsletter(self) -> str:
        """The offer of a newsletter."""
        return (
            f'<div class="newsletter"><h2>Sign up for the {escape(self.story.outlet.name)} briefing</h2><p>Our '
            'editors choose the stories that matter, every weekday at six.</p><form action="/subscribe">'
            '<input type="email" placeholder="Your address"><button>Sign up</button></form></div>'
        )

    def teasers(self, count: int, *, title: str) -> str:
        """Cards of other articles."""
        cards = "".join(
            f'<li class="card"><a href="/{self.chance.getrandbits(48):x}"><img loading="lazy" alt="" '
            f'src="/img/{self.chance.getrandbits(40):x}.jpg"><h3 class="card__title">{self.line()}</h3></a>'
            f'<p class="card__text">{self.sentence()}</p><time>{self.chance.randrange(1, 23)}h ago</time></li>'
            for _ in range(count)
        )
        return f'<section class="cards"><h2>{title}</h2><ul>{cards}</ul></section>'

    def comments(self, count: int) -> str:
        """What readers write below the article."""
        lines = "".join(
            f'<li class="comment" id="c{at}"><div class="comment__author">reader{self.chance.randrange(9999)}</div>'
            f'<div class="comment__body"><p>{self.sentence()} {self.sentence()}</p></div><a href="#">Reply</a></li>'
            for at in range(count)
        )
        return f'<section id="comments" class="comments"><h2>{count} comments</h2><ol>{lines}</ol></section>'

    def footer(self, links: int) -> str:
        """The page's foot."""
        return (
            f"<footer>{self.menu(links, tag='div')}<p>© 2027 {escape(self.story.outlet.name)} and its partners. All "
            'rights reserved. <a href="/terms">Terms</a> <a href="/privacy">Privacy</a></p></footer>'
        )
