//! Templates: a folder with a manifest and a Typst file over one shared library, versioned.
//!
//! A template that was released is never changed but by a new version beside it: what was made
//! with an old one is made with it again.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use career::{SectionKind, Slot};
use serde::{Deserialize, Serialize};

use crate::error::TypesetError;
use career::print::Colour;

/// Bytes of a template or a manifest at most.
const MAX_SOURCE: usize = 64 * 1024;

/// A template as a person chooses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateInfo {
    /// The name used in options and commands.
    pub name: String,
    /// The newest version.
    pub version: u32,
    /// What it looks like, in one sentence.
    pub summary: String,
    /// Whom it suits.
    pub purpose: String,
    /// The family of its text.
    pub font: String,
    /// Its colour.
    pub accent: Colour,
    /// Whether it has a place for a photo.
    pub photo: bool,
    /// Whether it came with the program.
    pub built_in: bool,
}

/// What `template.toml` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// What it looks like, in one sentence.
    pub(crate) summary: String,
    /// Whom it suits.
    #[serde(rename = "for")]
    pub(crate) purpose: String,
    /// The version of the shared library it is written for.
    pub(crate) library: u32,
    /// The family of running text.
    pub(crate) font: String,
    /// The family of the name and, where the template says so, of headings.
    pub(crate) display: String,
    pub(crate) accent: Colour,
    /// The order of the parts of an entry's header; parts that are not named follow.
    pub(crate) header: Vec<Slot>,
    /// The sections that come first; the others follow as the draft has them.
    #[serde(default)]
    pub(crate) sections: Vec<SectionKind>,
    /// The sections that come last.
    #[serde(default)]
    pub(crate) last: Vec<SectionKind>,
    #[serde(default)]
    pub(crate) photo: bool,
    /// Whether it sets letters; else the library does, in its fonts and measures.
    #[serde(default)]
    pub(crate) letter: bool,
    /// Measures of a page with room: sizes and margins in points, gaps in lengths of an em.
    pub(crate) airy: Measures,
    /// The same of a page that is as full as it may be.
    pub(crate) tight: Measures,
}

/// Named measures.
pub(crate) type Measures = BTreeMap<String, f32>;

/// The smallest text that is set, in points.
pub(crate) const SMALLEST: f32 = 9.0;

impl Manifest {
    fn parse(name: &str, text: &str) -> Result<Self, TypesetError> {
        let refuse = |reason: String| TypesetError::BadTemplate {
            name: name.to_owned(),
            reason,
        };
        let manifest: Self =
            toml::from_str(text).map_err(|error| refuse(error.message().into()))?;
        if library(manifest.library).is_none() {
            return Err(refuse(format!(
                "there is no version {} of the shared library",
                manifest.library
            )));
        }
        for family in [&manifest.font, &manifest.display] {
            if !crate::fonts::has_family(family) {
                return Err(refuse(format!("there is no font family {family:?}")));
            }
        }
        if manifest.airy.keys().ne(manifest.tight.keys()) {
            return Err(refuse("airy and tight must name the same measures".into()));
        }
        for (key, least) in [
            ("size", SMALLEST),
            ("margin_x", 36.0),
            ("margin_y", 36.0),
            ("leading", 0.45),
        ] {
            for measures in [&manifest.airy, &manifest.tight] {
                match measures.get(key) {
                    Some(value) if (least..=200.0).contains(value) => {}
                    Some(value) => {
                        return Err(refuse(format!(
                            "{key} is {value}, at least {least} is needed"
                        )));
                    }
                    None => return Err(refuse(format!("the measure {key} is missing"))),
                }
            }
        }
        for measures in [&manifest.airy, &manifest.tight] {
            if measures
                .get("letter_size")
                .is_some_and(|size| *size < SMALLEST)
            {
                return Err(refuse(format!("letter_size is less than {SMALLEST}")));
            }
        }
        let sane = |value: &f32| value.is_finite() && (0.0..=200.0).contains(value);
        if !manifest
            .airy
            .values()
            .chain(manifest.tight.values())
            .all(sane)
        {
            return Err(refuse("a measure is not between 0 and 200".into()));
        }
        Ok(manifest)
    }
}

/// A template with its text: all that a compile needs to know of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Template {
    pub(crate) name: String,
    pub(crate) version: u32,
    pub(crate) manifest: Manifest,
    pub(crate) source: Cow<'static, str>,
    built_in: bool,
}

impl Template {
    fn read(
        name: &str,
        version: u32,
        manifest: &str,
        source: Cow<'static, str>,
        built_in: bool,
    ) -> Result<Self, TypesetError> {
        Ok(Self {
            manifest: Manifest::parse(name, manifest)?,
            name: name.to_owned(),
            version,
            source,
            built_in,
        })
    }

    fn info(&self) -> TemplateInfo {
        TemplateInfo {
            name: self.name.clone(),
            version: self.version,
            summary: self.manifest.summary.clone(),
            purpose: self.manifest.purpose.clone(),
            font: self.manifest.font.clone(),
            accent: self.manifest.accent,
            photo: self.manifest.photo,
            built_in: self.built_in,
        }
    }
}

macro_rules! built_in {
    ($($name:literal $version:literal),* $(,)?) => {
        [$((
            $name,
            $version,
            include_str!(concat!("../templates/", $name, "/", $version, "/template.toml")),
            include_str!(concat!("../templates/", $name, "/", $version, "/template.typ")),
        )),*]
    };
}

/// In the order in which they are shown.
const BUILT_IN: [(&str, u32, &str, &str); 10] = built_in![
    "ledger" 1,
    "engineer" 1,
    "modern" 1,
    "columns" 1,
    "academic" 1,
    "executive" 1,
    "starter" 1,
    "minimal" 1,
    "book" 1,
    "creative" 1,
];

/// The text of a version of the shared library.
pub(crate) fn library(version: u32) -> Option<&'static str> {
    match version {
        1 => Some(include_str!("../templates/library/1.typ")),
        _ => None,
    }
}

/// What sets a letter where the template does not, by the version of the shared library.
pub(crate) fn plain_letter(version: u32) -> Option<&'static str> {
    match version {
        1 => Some(include_str!("../templates/library/1-letter.typ")),
        _ => None,
    }
}

/// The templates there are: those of the program and those a person added.
#[derive(Debug, Clone)]
pub struct Catalog {
    templates: Vec<Template>,
}

impl Default for Catalog {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Catalog {
    /// The program's own templates. One that cannot be read is left out: a test sees to it that
    /// none is.
    pub fn built_in() -> Self {
        Self::shared().clone()
    }

    /// The same to look into: read once.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: LazyLock<Catalog> = LazyLock::new(|| {
            let read = |(name, version, manifest, source): &(&str, u32, &str, &'static str)| {
                Template::read(name, *version, manifest, Cow::Borrowed(*source), true).ok()
            };
            Catalog {
                templates: BUILT_IN.iter().filter_map(read).collect(),
            }
        });
        &SHARED
    }

    /// Adds a person's own template.
    ///
    /// # Errors
    /// When its name is taken or none, or its manifest cannot be used.
    pub fn add(
        &mut self,
        name: &str,
        version: u32,
        manifest: &str,
        source: String,
    ) -> Result<(), TypesetError> {
        let refuse = |reason: &str| TypesetError::BadTemplate {
            name: name.to_owned(),
            reason: reason.to_owned(),
        };
        let is_name = (1..=40).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_name {
            return Err(refuse(
                "a name is made of lower-case letters, digits and hyphens",
            ));
        }
        if source.len() > MAX_SOURCE || manifest.len() > MAX_SOURCE {
            return Err(refuse("it is larger than 64 kB"));
        }
        let taken = |template: &Template| {
            template.name == name && (template.built_in || template.version == version)
        };
        if self.templates.iter().any(taken) {
            return Err(refuse("there is a template of that name and version"));
        }
        let template = Template::read(name, version, manifest, Cow::Owned(source), false)?;
        self.templates.push(template);
        Ok(())
    }

    /// Each template once, at its newest version.
    pub fn infos(&self) -> Vec<TemplateInfo> {
        let newest = |template: &&Template| {
            self.templates
                .iter()
                .filter(|other| other.name == template.name)
                .all(|other| other.version <= template.version)
        };
        self.templates
            .iter()
            .filter(newest)
            .map(Template::info)
            .collect()
    }

    /// The template of that name, at that version or its newest.
    pub(crate) fn get(&self, name: &str, version: Option<u32>) -> Result<&Template, TypesetError> {
        self.templates
            .iter()
            .filter(|template| template.name == name)
            .filter(|template| version.is_none_or(|version| template.version == version))
            .max_by_key(|template| template.version)
            .ok_or_else(|| TypesetError::UnknownTemplate {
                name: name.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use career::print::DEFAULT_TEMPLATE;

    use super::*;

    #[test]
    fn every_built_in_template_can_be_read() {
        for (name, version, manifest, source) in BUILT_IN {
            let read = Template::read(name, version, manifest, Cow::Borrowed(source), true);
            assert!(read.is_ok(), "{:?}", read.err());
        }
        let catalog = Catalog::built_in();
        assert_eq!(catalog.templates.len(), BUILT_IN.len());
        assert_eq!(catalog.infos()[0].name, DEFAULT_TEMPLATE);
    }

    #[test]
    fn a_person_s_own_template_may_not_take_a_name_or_leave_the_limits() {
        let (_, _, manifest, source) = BUILT_IN[0];
        let mut catalog = Catalog::built_in();
        let mut add = |name: &str, version, manifest: &str| {
            catalog.add(name, version, manifest, source.to_owned())
        };
        assert!(add("mine", 1, manifest).is_ok());
        assert!(add("mine", 1, manifest).is_err(), "twice");
        assert!(
            add(DEFAULT_TEMPLATE, 9, manifest).is_err(),
            "a name of ours"
        );
        assert!(add("../x", 1, manifest).is_err(), "no name");
        let small = manifest.replacen("size = ", "size = 7.0 #", 1);
        assert!(add("small", 1, &small).is_err(), "below nine points");
        let foreign = manifest.replacen("font = ", "font = \"Wingdings\" #", 1);
        assert!(add("foreign", 1, &foreign).is_err(), "no such font");
        assert!(add("mine", 2, manifest).is_ok());
        assert_eq!(catalog.get("mine", None).unwrap().version, 2);
        assert_eq!(catalog.get("mine", Some(1)).unwrap().version, 1);
        assert!(catalog.get("mine", Some(3)).is_err());
    }
}
