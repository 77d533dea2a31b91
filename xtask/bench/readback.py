"""Reads PDF and DOCX files back with other people's programs and counts what arrives.

Usage: readback.py FOLDER. For each NAME.lines.json (a list of lines in reading order) beside
NAME.pdf or NAME.docx, one line of JSON: for each extractor the share of lines found verbatim, the
share found in order, and the first lines that are missing or out of order.

Folded away: white space, marks of direction, soft hyphens; spaces inside Chinese and Japanese.
A line with right-to-left letters is compared as a bag of words: where two directions meet, readers
give the words in other orders, some from left to right and some without the space between two.
"""
import json, re, shutil, subprocess, sys, tempfile, unicodedata
from pathlib import Path

MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u061c]")
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"


def fold(text):
    text = unicodedata.normalize("NFKC", MARKS.sub("", text))
    text = re.sub(r"\s+", " ", text)
    return re.sub(f"(?<=[{WIDE}]) (?=[{WIDE}])", "", text).strip()


def words_of(text):
    return re.findall(r"\w+", unicodedata.normalize("NFKC", MARKS.sub(" ", text)))


def arrived(line, text):
    """Whether each word of a line is in the text, in either direction."""
    squeezed = re.sub(r"\W", "", text)
    return all(word in squeezed or word[::-1] in squeezed for word in words_of(line))


def poppler(*flags):
    def read(path):
        run = subprocess.run(["pdftotext", "-enc", "UTF-8", *flags, str(path), "-"], capture_output=True, check=True)
        return run.stdout.decode("utf-8")
    return read


def with_pypdf(path):
    import pypdf
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def with_pdfminer(path):
    from pdfminer.high_level import extract_text
    return extract_text(path)


def with_python_docx(path):
    import docx
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def with_libreoffice(path):
    """The text that LibreOffice made of the file; `convert` made it of all files at once."""
    return path.with_suffix(".soffice").read_text("utf-8-sig")


def convert(folder):
    """Has LibreOffice read all Word documents; says whether there is one."""
    office = shutil.which("soffice")
    files = sorted(folder.glob("*.docx"))
    if not office or not files:
        return False
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as out:
        command = [office, "--headless", f"-env:UserInstallation=file://{home}", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", out]
        # Of too many files at once it leaves the last ones out.
        for start in range(0, len(files), 40):
            batch = map(str, files[start : start + 40])
            subprocess.run([*command, *batch], capture_output=True, check=True, timeout=600)
        for file in files:
            made = Path(out, file.stem + ".txt")
            if made.exists():
                file.with_suffix(".soffice").write_bytes(made.read_bytes())
    return True


PDF = {
    "pdftotext": poppler(), "pdftotext -layout": poppler("-layout"), "pdftotext -raw": poppler("-raw"),
    "pypdf": with_pypdf, "pdfminer": with_pdfminer,
}
DOCX = {"python-docx": with_python_docx}
OFFICE = {"LibreOffice": with_libreoffice}


def measure(lines, text):
    whole = fold(text)
    # Page numbers are ours and stand between lines that go over a page's end.
    bare = fold(re.sub(r"\n\s*\d+ ?/ ?\d+\s*(?=\n|\f|$)", "\n", text))
    found = ordered = place = 0
    missing, stray = [], []
    for line in lines:
        if RTL.search(line):
            there = arrived(line, text)
            found += there
            ordered += there
            if not there:
                missing.append(line)
            continue
        wanted = fold(line)
        if wanted in whole or wanted in bare:
            found += 1
        else:
            missing.append(line)
            continue
        next_place = bare.find(wanted, place)
        if next_place < 0:
            stray.append(line)
        else:
            ordered += 1
            place = next_place + len(wanted)
    return {"lines": len(lines), "found": found, "ordered": ordered, "missing": missing[:5], "stray": stray[:5]}


def main(folder):
    docx = DOCX | OFFICE if convert(Path(folder)) else DOCX
    for truth in sorted(Path(folder).glob("*.lines.json")):
        lines = [line for line in json.loads(truth.read_text()) if fold(line)]
        base = truth.name.removesuffix(".lines.json")
        for ending, readers in (("pdf", PDF), ("docx", docx)):
            path = truth.with_name(f"{base}.{ending}")
            if not path.exists():
                continue
            for name, read in readers.items():
                try:
                    result = measure(lines, read(path))
                except Exception as error:  # one broken file must not hide the others
                    result = {"lines": len(lines), "found": 0, "ordered": 0, "missing": [repr(error)], "stray": []}
                print(json.dumps({"file": base, "reader": name, **result}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
