//! Options of how pages look, as the command line takes them.

use std::path::PathBuf;

use career::SectionKind;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use typeset::{Catalog, Colour, DateStyle, Paper, Photo, PrintOptions, Spacing};

use super::Failure;
use super::tailor::read_file;

/// Takes the names of a list's values, and nothing else.
fn named<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let names = PossibleValuesParser::new(all.iter().map(|value| name(*value)));
    names.try_map(move |given| {
        let mut values = all.iter().copied();
        values
            .find(|value| name(*value) == given)
            .ok_or("there is no such value")
    })
}

/// How the pages are to look.
#[derive(Args, Default)]
pub struct LookArgs {
    /// Which template (`llmployable templates` lists them).
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// An older version of it.
    #[arg(long, value_name = "NUMBER", requires = "template")]
    template_version: Option<u32>,
    /// A folder with templates of your own: NAME/VERSION/template.toml and template.typ.
    #[arg(long, value_name = "FOLDER")]
    templates: Option<PathBuf>,
    /// The paper.
    #[arg(long, value_parser = named(Paper::ALL, Paper::as_str), default_value = "a4")]
    paper: Paper,
    /// The colour of headings, for example #0f4a4c; darkened where it could not be read.
    #[arg(long, value_name = "#RRGGBB")]
    accent: Option<Colour>,
    /// The family of the text.
    #[arg(long, value_name = "FAMILY")]
    font: Option<String>,
    /// How closely lines stand.
    #[arg(long, value_parser = named(Spacing::ALL, Spacing::as_str), default_value = "auto")]
    spacing: Spacing,
    /// How dates are written.
    #[arg(long, value_parser = named(DateStyle::ALL, DateStyle::as_str), default_value = "auto")]
    dates: DateStyle,
    /// The language of headings and dates, for example de (default: the résumé's own).
    #[arg(long, value_name = "LANGUAGE")]
    headings: Option<String>,
    /// The sections that come first, for example education,work,skills.
    #[arg(long, value_name = "SECTION,...", value_delimiter = ',')]
    order: Vec<String>,
    /// Another title for a section, for example work=Career.
    #[arg(long = "title", value_name = "SECTION=TITLE")]
    titles: Vec<String>,
    /// A photo (PNG or JPEG), where the template has a place for one.
    #[arg(long, value_name = "FILE")]
    photo: Option<PathBuf>,
}

impl LookArgs {
    /// Nothing but a folder with templates.
    pub fn with_templates(folder: Option<PathBuf>) -> Self {
        Self {
            templates: folder,
            ..Self::default()
        }
    }

    /// The templates there are with these arguments.
    pub fn catalog(&self) -> Result<Catalog, Failure> {
        let mut catalog = Catalog::built_in();
        if let Some(folder) = &self.templates {
            let added = backend::templates::add_folder(&mut catalog, folder).map_err(|error| {
                Failure::arguments(format!(
                    "The folder with templates cannot be read: {}; check the path.",
                    error.kind()
                ))
            })?;
            if let Some(problem) = added.problems.first() {
                return Err(Failure::arguments(format!("{problem}.")));
            }
        }
        Ok(catalog)
    }

    /// The options they come to.
    pub fn options(&self, catalog: &Catalog) -> Result<PrintOptions, Failure> {
        let mut options = PrintOptions {
            version: self.template_version,
            paper: self.paper,
            accent: self.accent,
            spacing: self.spacing,
            dates: self.dates,
            ..PrintOptions::default()
        };
        if let Some(name) = &self.template {
            let names: Vec<String> = catalog.infos().into_iter().map(|info| info.name).collect();
            if !names.contains(name) {
                return Err(Failure::arguments(format!(
                    "There is no template {name:?}; there is {}.",
                    names.join(", ")
                )));
            }
            options.template.clone_from(name);
        }
        if let Some(font) = &self.font {
            let families = typeset::families();
            let known = families
                .iter()
                .find(|family| family.eq_ignore_ascii_case(font));
            options.font = Some(
                (*known.ok_or_else(|| {
                    Failure::arguments(format!(
                        "There is no font family {font:?}; there is {}.",
                        families.join(", ")
                    ))
                })?)
                .to_owned(),
            );
        }
        if let Some(language) = &self.headings {
            let languages = typeset::languages();
            let subtag = language
                .split(['-', '_'])
                .next()
                .unwrap_or_default()
                .to_lowercase();
            if !languages.contains(&subtag.as_str()) {
                return Err(Failure::arguments(format!(
                    "There are no headings in {language:?}; there are in {}.",
                    languages.join(", ")
                )));
            }
            options.headings = Some(language.clone());
        }
        options.order = self
            .order
            .iter()
            .map(|name| section(name))
            .collect::<Result<_, _>>()?;
        for title in &self.titles {
            let (name, words) = title.split_once('=').ok_or_else(|| {
                Failure::arguments("A title is given as SECTION=TITLE, for example work=Career.")
            })?;
            options.titles.insert(section(name)?, words.to_owned());
        }
        Ok(options)
    }

    /// The photo, where one is given.
    pub fn photo(&self) -> Result<Option<Photo>, Failure> {
        let Some(path) = &self.photo else {
            return Ok(None);
        };
        let photo = Photo::prepared(&read_file(path)?);
        photo
            .map(Some)
            .map_err(|fault| Failure::input(format!("The photo cannot be used: {fault}.")))
    }
}

fn section(name: &str) -> Result<SectionKind, Failure> {
    let wanted = name.trim().to_lowercase();
    let known = SectionKind::SHOWN
        .into_iter()
        .find(|kind| kind.as_str() == wanted);
    known.ok_or_else(|| {
        let names: Vec<&str> = SectionKind::SHOWN
            .iter()
            .map(|kind| kind.as_str())
            .collect();
        Failure::arguments(format!(
            "There is no section {name:?}; there is {}.",
            names.join(", ")
        ))
    })
}
