//! The files of a Word document beside its text: styles, numbering, settings, properties.

use super::xml::{escape, push};
use crate::document::Document;
use crate::formats::{Look, date_at_start, has_serifs, language, title};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(super) const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/fontTable.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    "</Types>\n",
);

pub(super) const RELATIONSHIPS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"document\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"properties\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "</Relationships>\n",
);

/// The languages and fonts of the three kinds of script Word tells apart.
pub(super) struct Scripts {
    latin: String,
    east_asian: &'static str,
    complex: String,
    east_asian_font: &'static str,
}

impl Scripts {
    pub(super) fn of(document: &Document) -> Self {
        let tag = language(document);
        let subtag = tag.split('-').next().unwrap_or_default();
        let has =
            |wanted: fn(char) -> bool| document.lines().any(|line| line.text.chars().any(wanted));
        let kana = |character| matches!(character, '\u{3040}'..='\u{30ff}');
        let hangul =
            |character| matches!(character, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}');
        let (east_asian, east_asian_font) = match (subtag, tag) {
            ("ja", _) => ("ja-JP", "Yu Gothic"),
            ("ko", _) => ("ko-KR", "Malgun Gothic"),
            (_, "zh-TW") => ("zh-TW", "Microsoft JhengHei"),
            (_, "zh-HK") => ("zh-HK", "Microsoft JhengHei"),
            ("zh", _) => ("zh-CN", "Microsoft YaHei"),
            _ if has(kana) => ("ja-JP", "Yu Gothic"),
            _ if has(hangul) => ("ko-KR", "Malgun Gothic"),
            _ => ("zh-CN", "Microsoft YaHei"),
        };
        let complex = match subtag {
            "he" => "he-IL",
            "fa" => "fa-IR",
            "ur" => "ur-PK",
            "hi" => "hi-IN",
            "th" => "th-TH",
            _ if document.right_to_left && tag != "ar" => tag,
            _ => "ar-SA",
        };
        let latin = match subtag {
            "ja" | "ko" | "zh" => "en-US",
            _ if document.right_to_left => "en-US",
            "en" if tag == "en" => "en-US",
            _ => tag,
        };
        Self {
            latin: latin.to_owned(),
            east_asian,
            complex: complex.to_owned(),
            east_asian_font,
        }
    }

    fn languages(&self) -> String {
        format!(
            "w:val=\"{}\" w:eastAsia=\"{}\" w:bidi=\"{}\"",
            escape(&self.latin),
            self.east_asian,
            escape(&self.complex)
        )
    }

    fn fonts(&self, family: &str) -> String {
        let family = escape(family);
        format!(
            "<w:rFonts w:ascii=\"{family}\" w:hAnsi=\"{family}\" w:eastAsia=\"{}\" w:cs=\"Arial\"/>",
            self.east_asian_font
        )
    }
}

/// The whole of `word/document.xml`.
pub(super) fn document(paragraphs: &str, page: &str) -> String {
    format!(
        "{HEAD}<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\"><w:body>\n{paragraphs}{page}\
         </w:body></w:document>\n"
    )
}

/// Where the text's links lead. Nothing else outside the file is named.
pub(super) fn links(links: &[String]) -> String {
    let mut text = format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for name in ["styles", "numbering", "settings", "fontTable"] {
        push!(
            text,
            "<Relationship Id=\"{name}\" Type=\"{OFFICE}/{name}\" Target=\"{name}.xml\"/>"
        );
    }
    for (number, link) in (1..).zip(links) {
        push!(
            text,
            "<Relationship Id=\"link{number}\" Type=\"{OFFICE}/hyperlink\" Target=\"{}\" \
             TargetMode=\"External\"/>",
            escape(link)
        );
    }
    text.push_str("</Relationships>\n");
    text
}

/// Title, author, language and date.
pub(super) fn properties(document: &Document, (year, month, day): (u16, u8, u8)) -> String {
    let title = escape(&title(document));
    let author = match &document.title {
        Some(name) => escape(&crate::formats::words(name)),
        None => String::new(),
    };
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    format!(
        "{HEAD}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>{author}</dc:creator><dc:language>{}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:modified>\
         </cp:coreProperties>\n",
        language(document)
    )
}

pub(super) fn settings(scripts: &Scripts) -> String {
    format!(
        "{HEAD}<w:settings xmlns:w=\"{WORD}\"><w:zoom w:percent=\"100\"/>\
         <w:defaultTabStop w:val=\"720\"/><w:autoHyphenation w:val=\"0\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang {}/></w:settings>\n",
        scripts.languages()
    )
}

/// What stands in where the families are not installed.
pub(super) fn font_table(look: &Look<'_>) -> String {
    let mut families = vec![look.family];
    if look.display != look.family {
        families.push(look.display);
    }
    let mut text = format!("{HEAD}<w:fonts xmlns:w=\"{WORD}\">");
    for family in families {
        let (kind, other) = if has_serifs(family) {
            ("roman", "Cambria")
        } else {
            ("swiss", "Calibri")
        };
        push!(
            text,
            "<w:font w:name=\"{}\"><w:altName w:val=\"{other}\"/><w:family w:val=\"{kind}\"/>\
             <w:pitch w:val=\"variable\"/></w:font>",
            escape(family)
        );
    }
    text.push_str("</w:fonts>\n");
    text
}

/// One list: bullets.
pub(super) fn numbering(look: &Look<'_>) -> String {
    let accent = hex(look);
    format!(
        "{HEAD}<w:numbering xmlns:w=\"{WORD}\"><w:abstractNum w:abstractNumId=\"0\">\
         <w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"bullet\"/><w:pStyle w:val=\"ListBullet\"/><w:lvlText w:val=\"•\"/>\
         <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"284\" w:hanging=\"284\"/></w:pPr>\
         <w:rPr><w:color w:val=\"{accent}\"/></w:rPr></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>\n"
    )
}

fn hex(look: &Look<'_>) -> String {
    let [red, green, blue] = look.accent.0;
    format!("{red:02X}{green:02X}{blue:02X}")
}

/// The styles, which are those Word itself brings under these names.
pub(super) fn styles(look: &Look<'_>, document: &Document, scripts: &Scripts) -> String {
    let accent = hex(look);
    // Half points.
    let size = (look.size * 2.0).round() as u32;
    let name = (look.name * 2.0).round() as u32;
    let sizes = |size: u32| format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    let direction = if document.right_to_left {
        "<w:bidi/>"
    } else {
        ""
    };
    let mut text = format!(
        "{HEAD}<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr>{}{}\
         <w:lang {}/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
        scripts.fonts(look.family),
        sizes(size),
        scripts.languages()
    );
    push!(
        text,
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">\
         <w:name w:val=\"Normal\"/><w:qFormat/><w:pPr>{direction}<w:spacing w:before=\"0\" \
         w:after=\"60\" w:line=\"259\" w:lineRule=\"auto\"/></w:pPr>\
         <w:rPr><w:color w:val=\"1B1D1F\"/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">\
         <w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:tblPr>\
         <w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>\
         <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\">\
         <w:name w:val=\"No List\"/><w:uiPriority w:val=\"99\"/></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Strong\"><w:name w:val=\"Strong\"/>\
         <w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/>\
         <w:rPr><w:color w:val=\"{accent}\"/><w:u w:val=\"single\"/></w:rPr></w:style>"
    );
    let mut paragraph = |id: &str, name: &str, layout: &str, letters: &str| {
        // A name Word does not know must say that it is one.
        let own = match id {
            "Contacts" | "Recipient" | "Enclosures" => " w:customStyle=\"1\"",
            _ => "",
        };
        push!(
            text,
            "<w:style w:type=\"paragraph\"{own} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        );
    };
    paragraph(
        "Title",
        "Title",
        "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/>",
        &format!(
            "{}<w:b/><w:bCs/><w:color w:val=\"{accent}\"/>{}",
            scripts.fonts(look.display),
            sizes(name)
        ),
    );
    paragraph(
        "Subtitle",
        "Subtitle",
        "<w:spacing w:after=\"60\"/>",
        &sizes(size + 2),
    );
    paragraph(
        "Contacts",
        "Contacts",
        if document.is_letter() {
            "<w:spacing w:after=\"360\"/>"
        } else {
            "<w:spacing w:after=\"60\"/>"
        },
        "<w:color w:val=\"50575C\"/>",
    );
    let heading = if document.is_letter() {
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"280\" w:after=\"200\"/>\
         <w:outlineLvl w:val=\"0\"/>"
    } else {
        "<w:keepNext/><w:keepLines/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"2\" \
         w:color=\"B9C4C4\"/></w:pBdr><w:spacing w:before=\"280\" w:after=\"100\"/>\
         <w:outlineLvl w:val=\"0\"/>"
    };
    paragraph(
        "Heading1",
        "heading 1",
        heading,
        &format!(
            "<w:b/><w:bCs/><w:color w:val=\"{accent}\"/>{}",
            sizes(size + 2)
        ),
    );
    paragraph(
        "Heading2",
        "heading 2",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"140\" w:after=\"40\"/>\
         <w:outlineLvl w:val=\"1\"/>",
        "",
    );
    paragraph(
        "ListBullet",
        "List Bullet",
        "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"40\"/>\
         <w:contextualSpacing w:val=\"0\"/>",
        "",
    );
    if document.is_letter() {
        // The far side is called right in either direction.
        let date = if date_at_start(document) {
            "left"
        } else {
            "right"
        };
        for (id, name, layout) in letter_styles(date) {
            paragraph(id, name, &layout, "");
        }
    }
    text.push_str("</w:styles>\n");
    text
}

/// The styles of a letter's parts: id, name, layout.
fn letter_styles(date: &str) -> [(&'static str, &'static str, String); 7] {
    let gap =
        |before: u32, after: u32| format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>");
    let kept = |layout: String| format!("<w:keepNext/>{layout}");
    [
        ("Recipient", "Recipient", gap(0, 0)),
        (
            "Date",
            "Date",
            format!("{}<w:jc w:val=\"{date}\"/>", gap(280, 280)),
        ),
        ("Salutation", "Salutation", kept(gap(0, 200))),
        ("BodyText", "Body Text", gap(0, 200)),
        ("Closing", "Closing", kept(gap(0, 560))),
        ("Signature", "Signature", gap(0, 200)),
        ("Enclosures", "Enclosures", gap(200, 0)),
    ]
}
