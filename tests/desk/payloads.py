"""Five hundred texts that would run a script wherever they reached a page as anything but text.

Each calls `hit(N)` with its own number, which no page has: a test gives it one and looks whether anybody called. They
are made of ways to break out of where a text stands (an element, an attribute, a script, a style, a comment), of
elements that run something when they are built, and of spellings by which filters were got round (the OWASP cheat
sheet on the evasion of filters, and HTML's own parsing rules, have them all).
"""

from __future__ import annotations

from itertools import cycle, islice, product

COUNT = 500

_BREAKS = (
    "",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "-->",
    "]]>",
    "</svg>",
    '" autofocus x="',
    "</option></select>",
    "</template>",
    "\n\n",
    "</mark></p>",
    "\u0000",
)
_RUNNING = (
    "<script>hit(N)</script>",
    "<ScRiPt>hit(N)</sCrIpT >",
    "<script/x>hit(N)</script>",
    "<script src=data:text/javascript,hit(N)></script>",
    "<img src=x onerror=hit(N)>",
    "<img/src=`x`/onerror=hit(N)>",
    '<img src="x` `<script>hit(N)</script>"` `>',
    "<svg onload=hit(N)>",
    "<svg><script>hit(N)</script></svg>",
    "<svg><animate onbegin=hit(N) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:hit(N)><text y=20>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit(N)>",
    "<body onload=hit(N)>",
    "<details open ontoggle=hit(N)>",
    "<video><source onerror=hit(N)>",
    "<audio src=x onerror=hit(N)>",
    "<input autofocus onfocus=hit(N)>",
    "<iframe srcdoc='<script>parent.hit(N)</script>'></iframe>",
    "<iframe src=javascript:parent.hit(N)></iframe>",
    "<object data=javascript:hit(N)>",
    "<embed src=javascript:hit(N)>",
    "<meta http-equiv=refresh content='0;url=javascript:hit(N)'>",
    "<base href=javascript:/hit(N)//>",
    "<link rel=stylesheet href=data:,*{x:expression(hit(N))}>",
    "<form><button formaction=javascript:hit(N)>go</button></form>",
    "<marquee onstart=hit(N)>x</marquee>",
    "<a href=javascript:hit(N) autofocus onfocus=hit(N) tabindex=1>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=hit(N)>'>",
    "<style>@import 'javascript:hit(N)';</style>",
    "<style>*{animation:x}@keyframes x{}</style><b onanimationstart=hit(N)>x</b>",
    "<template><script>hit(N)</script></template>",
    "<xss id=x tabindex=1 onfocus=hit(N)></xss>",
    "&lt;script&gt;hit(N)&lt;/script&gt;",
    "&#60;img src=x onerror=hit(N)&#62;",
    "\\u003cscript\\u003ehit(N)\\u003c/script\\u003e",
    "+ADw-script+AD4-hit(N)+ADw-/script+AD4-",
    "\uff1cscript\uff1ehit(N)\uff1c/script\uff1e",
    "{{hit(N)}}",
    "{% import os %}{{ cycler.__init__.__globals__ }}hit(N)",
    "${hit(N)}",
    "javascript:hit(N)//",
    "JaVaScRiPt&colon;hit(N)",
    "data:text/html,<script>hit(N)</script>",
    "';hit(N);//",
    '";hit(N);//',
    "`;hit(N);//",
    " onmouseover=hit(N) ",
    '" onfocus="hit(N)" autofocus="',
    "' style='x:expression(hit(N))' '",
    "\u202e<script>hit(N)</script>",
    "<\u200bscript>hit(N)</script>",
    "<script>hit(N)//<\u2028/script>",
)


def payloads() -> list[str]:
    """The texts, all different, each with its number in the call that it tries."""
    ways = [first + second for first, second in product(_BREAKS, _RUNNING)]
    # A step that shares no factor with their number visits every way once, and the first ones are of all kinds.
    step = 55
    order = islice(cycle(range(len(ways))), 0, COUNT * step, step)
    return [ways[place].replace("hit(N)", f"hit({number})") for number, place in enumerate(order)]
