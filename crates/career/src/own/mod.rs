//! What people tell in their own words: every word becomes a fact of the source "own statement",
//! and is visible as such wherever a line rests on it.

mod interview;
mod put;

pub use interview::{Question, Topic, questions};
pub(crate) use put::{Speaker, current};
pub use put::{about_of, anchor_of, latest, with_own_words};

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::profile::SectionKind;

/// What stands in the fields of a form, by their names.
pub type Typed = BTreeMap<String, String>;

/// The name of the source all own words belong to.
pub const SOURCE: &str = "Own statement";

/// Sections a block can be written in, in the order they are offered.
pub const SECTIONS: [SectionKind; 10] = [
    SectionKind::Work,
    SectionKind::Education,
    SectionKind::Projects,
    SectionKind::Skills,
    SectionKind::Languages,
    SectionKind::Volunteer,
    SectionKind::Certificates,
    SectionKind::Publications,
    SectionKind::Awards,
    SectionKind::Interests,
];

/// A block of a career as it was typed. Empty text says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Where it belongs. In [`SectionKind::Skills`] and [`SectionKind::Interests`] the title names a
    /// group of `keywords`; in [`SectionKind::Languages`] the title is a language and the subtitle
    /// says how well it is spoken.
    pub section: SectionKind,
    /// Position, degree, or the thing's name.
    #[serde(default)]
    pub title: String,
    /// Field of study, role in a project.
    #[serde(default)]
    pub subtitle: String,
    /// Employer, school, issuer.
    #[serde(default)]
    pub organization: String,
    /// Where it was.
    #[serde(default)]
    pub location: String,
    /// Its address on the web.
    #[serde(default)]
    pub url: String,
    /// When it began or happened.
    #[serde(default)]
    pub start: String,
    /// When it ended; empty when it goes on.
    #[serde(default)]
    pub end: String,
    /// Grade or score.
    #[serde(default)]
    pub score: String,
    /// Free text.
    #[serde(default)]
    pub summary: String,
    /// Bullets.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Skills, courses, keywords.
    #[serde(default)]
    pub keywords: Vec<String>,
}

impl Written {
    /// Nothing told yet.
    pub fn new(section: SectionKind) -> Self {
        Self {
            section,
            title: String::new(),
            subtitle: String::new(),
            organization: String::new(),
            location: String::new(),
            url: String::new(),
            start: String::new(),
            end: String::new(),
            score: String::new(),
            summary: String::new(),
            lines: Vec::new(),
            keywords: Vec::new(),
        }
    }

    /// Reads a form's fields. Lines end where lines end, and lose their bullets; keywords end at
    /// commas, semicolons and line ends.
    pub fn read(section: SectionKind, typed: &Typed) -> Self {
        let one = |name: &str| typed.get(name).map_or("", |text| text.trim()).to_owned();
        let parts = |name: &str, ends: &[char]| {
            let text = one(name);
            let parts = text.split(ends).map(|part| {
                let part = part.trim();
                let bare = part.trim_start_matches(['•', '-', '*', '–', '·']);
                bare.trim().to_owned()
            });
            parts.filter(|part| !part.is_empty()).collect()
        };
        Self {
            section,
            title: one("title"),
            subtitle: one("subtitle"),
            organization: one("organization"),
            location: one("location"),
            url: one("url"),
            start: one("start"),
            end: one("end"),
            score: one("score"),
            summary: one("summary"),
            lines: parts("lines", &['\n', '\r']),
            keywords: parts("keywords", &[',', ';', '\n', '\r']),
        }
    }

    /// The form's fields to write it again.
    pub fn typed(&self) -> Typed {
        let fields = [
            ("title", self.title.clone()),
            ("subtitle", self.subtitle.clone()),
            ("organization", self.organization.clone()),
            ("location", self.location.clone()),
            ("url", self.url.clone()),
            ("start", self.start.clone()),
            ("end", self.end.clone()),
            ("score", self.score.clone()),
            ("summary", self.summary.clone()),
            ("lines", self.lines.join("\n")),
            ("keywords", self.keywords.join(", ")),
        ];
        fields.map(|(name, text)| (name.to_owned(), text)).into()
    }

    /// All texts, in page order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        [
            &self.title,
            &self.subtitle,
            &self.organization,
            &self.location,
            &self.url,
            &self.start,
            &self.end,
            &self.score,
            &self.summary,
        ]
        .into_iter()
        .chain(&self.lines)
        .chain(&self.keywords)
        .map(String::as_str)
    }

    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        self.texts().all(|text| text.trim().is_empty())
    }
}

/// What stands at the top of a résumé, as it was typed. Empty text leaves what other sources say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The person's name.
    pub name: String,
    /// The line under it.
    pub headline: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Town, region or country.
    pub location: String,
    /// The person's own site.
    pub website: String,
    /// What the person says of themselves.
    pub summary: String,
}

impl About {
    /// The names of its fields, in page order.
    pub const FIELDS: [&str; 7] = [
        "name", "headline", "email", "phone", "location", "website", "summary",
    ];

    /// Reads a form's fields.
    pub fn read(typed: &Typed) -> Self {
        let one = |name: &str| typed.get(name).map_or("", |text| text.trim()).to_owned();
        let [name, headline, email, phone, location, website, summary] = Self::FIELDS.map(one);
        Self {
            name,
            headline,
            email,
            phone,
            location,
            website,
            summary,
        }
    }

    /// The form's fields to write it again.
    pub fn typed(&self) -> Typed {
        let names = Self::FIELDS.map(str::to_owned);
        let texts = self.texts().map(str::to_owned);
        names.into_iter().zip(texts).collect()
    }

    /// All texts, in page order.
    pub fn texts(&self) -> [&str; 7] {
        [
            &self.name,
            &self.headline,
            &self.email,
            &self.phone,
            &self.location,
            &self.website,
            &self.summary,
        ]
    }
}
