"""The commonest function words of languages that news is written in: a table of our own, written for this project.

Chosen by hand from each language's articles, pronouns, prepositions, conjunctions and auxiliaries; no corpus or word
list was copied. Words that English shares (German "die", Dutch "was") stay in, since only shares are compared.
"""

from __future__ import annotations

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to in a is that for it was on with as he be by at his from are this have not but had has"
        " its an were they their which or we will been would who she her said you i if about when what there"
        " than more after over into could can all one no out up so him them our my do did says",
        "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden"
        " aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur"
        " oder aber vor zur bis mehr durch man sein wurde sagte wenn kann ich wir",
        "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se il ce sont avec"
        " son mais ou aux cette ont été elle je nous vous ses leur comme fait lui ces être n'a c'est qu'il"
        " d'un d'une très même deux où si tout",
        "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me"
        " si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy hasta desde está"
        " porque dijo",
        "it": "di e il la che in a per un è del non una con si da dei le al i della alla nel più ha ma come anche"
        " lo gli sono delle o se su ci dal questo hanno dalla suo nella era stato essere sua loro ai perché"
        " tra",
        "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem"
        " à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois"
        " sem disse são",
        "nl": "de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij door hij"
        " naar uit ze wordt nog heeft werd of was tot worden over meer deze kan geen al zich hebben zei wat"
        " wel volgens we",
        "pl": "w i na z się do nie że to o jest jak za od po ale przez co dla był oraz przed także czy są ich jego"
        " został może które który która tym tego było tylko już jej przy ma pod być powiedział",
        "sv": "och i att det som en på är av för med den till har de inte om ett han men var jag sig från vi så kan"
        " när under efter eller nu ska vid skulle hon säger också blev hade mot alla detta över",
        "da": "og i at det er en til af på for med den de som har ikke der han var et om men sig fra kan vi jeg så"
        " ved skal efter over eller hun også blev siger mod havde sin blevet være",
        "no": "og i det er på som en at til for av med de har ikke han den om et men fra var seg vi jeg kan så skal"
        " etter ved over eller hun også ble sier mot hadde være blitt må opp",
        "fi": "ja on ei että se hän oli ovat myös joka kun mutta mukaan sen jos kuin ole niin tai sanoo kanssa vain"
        " jo nyt sitä olisi hänen jotka mitä vielä ollut voi noin",
        "cs": "a v se na je že s o z do to i pro by za jako jsou od ale po podle který která které si tak byl už k"
        " jeho ve není při také bude uvedl řekl jen však",
        "hu": "a az és hogy nem is egy van meg ez csak azt már még volt de ha mint szerint el ki lesz amely után"
        " között pedig aki mert minden lehet mondta ezt",
        "ro": "de și în a la cu că pe un o care nu din pentru este mai al fi sunt au se ca prin sau după fost lui"
        " ale acest această dar despre fără între",
        "hr": "i u je na se da za su od s o ne koji a to će iz kao što koja nije po bi do ali više ili bio te samo"
        " već prema kako rekao nakon koje",
        "tr": "ve bir bu da de için ile olarak olan çok daha gibi sonra kadar ne dedi ise en olduğu her var ancak o"
        " tarafından göre iki ya değil mi ben",
        "vi": "và của là có được cho trong các không một người với đã những này để khi đến từ ông về ra cũng như"
        " tại vào nhiều theo sẽ bị năm trên",
        "id": "yang dan di untuk dengan dari pada ini itu dalam tidak ke akan juga adalah oleh telah kata mereka"
        " dia ada karena atau bisa sudah saat sebagai tersebut para",
    }.items()
}
