"""Makes `senses.txt` and `synsets.txt` of WordNet 3.0.

    apt-get download wordnet-base && dpkg -x wordnet-base_*.deb DIR
    python3 distil.py DIR/usr/share/wordnet

What is kept is what a reworded line may lean on: of each word the senses it is mostly used in, of
each sense what is more general by one step and its relatives of another word class. What names
persons, times, amounts, animals or plants is left out: titles, dates and figures are judged by
rules of their own, and the rest no résumé needs.

`senses.txt`, sorted by bytes: `word TAB pos sense sense …`, a section a pos (n, v, a, r) in the
order of frequency; senses are line numbers of `synsets.txt` from 0, in base 36.
`people.txt`, sorted: words that first of all name a person or a body of persons.
`synsets.txt`, a line a synset, which may be empty: `h SYNSET` is more general, `s SYNSET` says the
same in another grammar or word class, `w SYNSET` says less in another word class.
"""

import collections
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv[1])
HERE = pathlib.Path(__file__).parent
POS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
KIND = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
# animal, person, plant, quantity, time; weather
LEFT_OUT = {5, 18, 20, 23, 28, 43}
# body, food, substance: only what is met in a text now and then.
TRADES = {8, 13, 27}
# act, communication, event, process, state: nouns for what a verb does rather than for a thing.
DEEDS = {4, 11, 22}
SENSES = {"n": 3, "v": 4, "a": 3, "r": 3}
# A sense that is hardly ever meant.
RARE = 0.05
# Nouns above this depth ("entity", "psychological feature") tell nothing.
SHALLOW = 4
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number):
    out = ""
    while True:
        number, digit = divmod(number, 36)
        out = DIGITS[digit] + out
        if number == 0:
            return out


class Synset:
    def __init__(self, lexfile, words, pointers):
        self.lexfile = lexfile
        self.words = words
        self.pointers = pointers


def data():
    synsets = {}
    for pos, name in POS.items():
        for line in (FOLDER / f"data.{name}").read_text().splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            words = [fields[4 + 2 * at] for at in range(count)]
            at = 4 + 2 * count
            pointers = []
            for step in range(int(fields[at])):
                symbol, offset, of, _ = fields[at + 1 + 4 * step : at + 5 + 4 * step]
                pointers.append((symbol, ("a" if of == "s" else of) + offset))
            synsets[pos + fields[0]] = Synset(int(fields[1]), words, pointers)
    return synsets


def frequencies():
    counts = collections.defaultdict(dict)
    for line in (FOLDER / "cntlist.rev").read_text().splitlines():
        key, sense, count = line.split()
        word, rest = key.split("%")
        counts[word, KIND[rest[0]]][int(sense)] = int(count)
    return counts


def depths(synsets):
    known = {}

    def depth(synset):
        if synset not in known:
            known[synset] = 0
            above = [to for symbol, to in synsets[synset].pointers if symbol in ("@", "@i")]
            known[synset] = 1 + max((depth(to) for to in above), default=-1)
        return known[synset]

    for synset in synsets:
        if synset.startswith("n"):
            depth(synset)
    return known


def senses(synsets):
    counts = frequencies()
    found = collections.defaultdict(dict)
    for pos, name in POS.items():
        for line in (FOLDER / f"index.{name}").read_text().splitlines():
            if line.startswith("  "):
                continue
            fields = line.split()
            word, pointers = fields[0], int(fields[3])
            offsets = [pos + offset for offset in fields[6 + pointers :]]
            tagged = counts.get((word, pos), {})
            total = sum(tagged.values())
            kept = []
            for at, synset in enumerate(offsets[: SENSES[pos]]):
                rare = total >= 10 and tagged.get(at + 1, 0) / total < RARE
                if at > 0 and rare:
                    continue
                told = synsets[synset]
                named = any(symbol == "@i" for symbol, _ in told.pointers) and told.lexfile != 15
                related = "_" not in word and any(symbol == "+" for symbol, _ in told.pointers)
                seldom = total == 0 and (told.lexfile in TRADES or len(told.words) == 1 and not related)
                if told.lexfile not in LEFT_OUT and not named and not seldom:
                    kept.append(synset)
            if kept and word.count("_") < 3 and not any(c.isdigit() for c in word):
                found[word][pos] = kept
    return found


def reached(synsets, depth):
    """What follows from each synset, and how."""
    found = {}
    for name, synset in synsets.items():
        to = []
        for symbol, other in synset.pointers:
            kind = None
            if synsets[other].lexfile in LEFT_OUT:
                continue
            if symbol == "@" and (name[0] == "v" or depth[other] >= SHALLOW):
                kind = "h"
            elif symbol == "&" and name[0] == "a" and any(s == "!" for s, _ in synsets[other].pointers):
                kind = "h"
            elif symbol == "$":
                kind = "s"
            elif symbol == "\\":
                kind = "s"
            elif symbol == "+" and name[0] != other[0]:
                # Of a noun for a thing it does not follow that anyone did it.
                deed = "n" not in (name[0], other[0]) or any(
                    at[0] == "n" and synsets[at].lexfile in DEEDS for at in (name, other)
                )
                if deed or "v" not in (name[0], other[0]):
                    kind = "s"
                elif name[0] == "v":
                    kind = "w"
            if kind:
                to.append((kind, other))
        found[name] = to
    # An adjective's noun, read from the noun.
    for name, synset in synsets.items():
        for symbol, other in synset.pointers:
            if symbol == "\\" and ("s", name) not in found[other]:
                found[other].append(("s", name))
    return found


def people(synsets):
    """Words whose first sense is a person, or a group that acts as one."""
    acting = {"social_group", "unit", "force", "gathering"}
    found = set()

    def acts(name, seen=0):
        synset = synsets[name]
        if synset.lexfile != 14 or seen > 8:
            return False
        return bool(acting & set(synset.words)) or any(
            acts(to, seen + 1) for symbol, to in synset.pointers if symbol == "@"
        )

    for line in (FOLDER / "index.noun").read_text().splitlines():
        if line.startswith("  "):
            continue
        fields = line.split()
        first = "n" + fields[6 + int(fields[3])]
        named = any(symbol == "@i" for symbol, _ in synsets[first].pointers)
        if fields[0].isalpha() and not named and (synsets[first].lexfile == 18 or acts(first)):
            found.add(fields[0])
    return found


def main():
    synsets = data()
    reach = reached(synsets, depths(synsets))
    words = senses(synsets)
    named = collections.Counter()
    for kinds in words.values():
        for kept in kinds.values():
            named.update(kept)
    # A synset says something where it has two words or leads to one that has any.
    used = {name for name in named if named[name] > 1}
    for name in list(named):
        for _, other in reach[name]:
            if named[other] > 0:
                used.update((name, other))
    # The most used come first: short numbers.
    order = {name: at for at, name in enumerate(sorted(used & set(named), key=lambda name: (-named[name], name)))}
    lines = []
    for word, kinds in words.items():
        parts = []
        for pos, kept in kinds.items():
            kept = [order[name] for name in kept if name in order]
            if kept:
                parts.append(pos + " ".join(map(base36, kept)))
        # Terms of several words stand for one another; what is more general than them is of no use.
        several = "_" in word and all(named[name] < 2 for kept in kinds.values() for name in kept)
        if parts and not several:
            lines.append(word.replace("_", " ") + "\t" + ";".join(parts))
    lines.sort(key=str.encode)
    (HERE / "senses.txt").write_text("\n".join(lines) + "\n")
    rows = []
    for name in order:
        to = [kind + base36(order[other]) for kind, other in dict.fromkeys(reach[name]) if other in order]
        rows.append(" ".join(to))
    (HERE / "synsets.txt").write_text("\n".join(rows) + "\n")
    folk = sorted(people(synsets), key=str.encode)
    (HERE / "people.txt").write_text("\n".join(folk) + "\n")
    print(len(lines), "words,", len(rows), "synsets")


main()
