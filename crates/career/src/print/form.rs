//! The options of a page as a form sends them: plain strings, checked here for browser and server.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DateStyle, Paper, PrintOptions, Spacing};
use crate::profile::SectionKind;

/// The longest text of a field, in characters.
const MAX_FIELD: usize = 80;

/// A form that says how pages are to look. Empty fields leave the choice to the template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrintForm {
    /// A template's name.
    pub template: String,
    /// The name of a [`Paper`].
    pub paper: String,
    /// Pages at most, 1 to 10.
    pub pages: String,
    /// `#rrggbb`.
    pub accent: String,
    /// Whether the colour is the template's own, whatever `accent` says.
    pub own_accent: bool,
    /// A family's name.
    pub font: String,
    /// The name of a [`Spacing`].
    pub spacing: String,
    /// The name of a [`DateStyle`].
    pub dates: String,
    /// The language of headings.
    pub headings: String,
    /// Section names in order, separated by commas; empty for the template's order.
    pub order: String,
    /// One section moved by one place: `work:up`, `skills:down`; `own` gives the template's order back.
    pub moved: String,
    /// Other titles by the sections' names.
    pub titles: BTreeMap<String, String>,
}

/// The name of the field that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadField(pub &'static str);

impl PrintForm {
    /// What the form asks for.
    ///
    /// # Errors
    /// The field that says nothing we know.
    pub fn options(&self) -> Result<PrintOptions, BadField> {
        let mut order = Vec::new();
        for name in self
            .order
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let kind = section(name).ok_or(BadField("order"))?;
            if !order.contains(&kind) {
                order.push(kind);
            }
        }
        if self.moved == "own" {
            order.clear();
        } else if let Some((name, direction)) = self.moved.split_once(':') {
            let kind = section(name).ok_or(BadField("order"))?;
            let place = order.iter().position(|other| *other == kind);
            let place = place.ok_or(BadField("order"))?;
            let other = match direction {
                "up" => place.checked_sub(1),
                "down" => Some(place + 1).filter(|next| *next < order.len()),
                _ => return Err(BadField("order")),
            };
            // At the end of the list there is nowhere to go.
            if let Some(other) = other {
                order.swap(place, other);
            }
        }
        let mut titles = BTreeMap::new();
        for (name, title) in &self.titles {
            let title: String = crate::text::clean(title).chars().take(MAX_FIELD).collect();
            if !title.is_empty() {
                titles.insert(section(name).ok_or(BadField("titles"))?, title);
            }
        }
        let accent = match self.accent.trim() {
            "" => None,
            _ if self.own_accent => None,
            colour => Some(colour.parse().map_err(|_| BadField("accent"))?),
        };
        let defaults = PrintOptions::default();
        Ok(PrintOptions {
            template: text(&self.template).unwrap_or(defaults.template),
            version: None,
            paper: choice(&self.paper, "paper", Paper::parse)?,
            pages: match self.pages.as_str() {
                "" => None,
                number => Some(
                    number
                        .parse()
                        .ok()
                        .filter(|number| (1..=10).contains(number))
                        .ok_or(BadField("pages"))?,
                ),
            },
            accent,
            font: text(&self.font),
            spacing: choice(&self.spacing, "spacing", Spacing::parse)?,
            dates: choice(&self.dates, "dates", DateStyle::parse)?,
            headings: text(&self.headings),
            order,
            titles,
        })
    }
}

fn section(name: &str) -> Option<SectionKind> {
    SectionKind::SHOWN
        .into_iter()
        .find(|kind| kind.as_str() == name)
}

fn text(field: &str) -> Option<String> {
    let field = field.trim();
    (!field.is_empty()).then(|| field.chars().take(MAX_FIELD).collect())
}

fn choice<T: Default>(
    field: &str,
    name: &'static str,
    of: fn(&str) -> Option<T>,
) -> Result<T, BadField> {
    match field {
        "" => Ok(T::default()),
        field => of(field).ok_or(BadField(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_form_is_the_usual_look() {
        assert_eq!(PrintForm::default().options(), Ok(PrintOptions::default()));
    }

    #[test]
    fn a_section_moves_by_one_place_and_stays_inside_the_list() {
        let moved = |moved: &str| {
            let form = PrintForm {
                order: "work,skills, education".into(),
                moved: moved.into(),
                ..PrintForm::default()
            };
            let names = form.options()?.order.into_iter().map(SectionKind::as_str);
            Ok::<_, BadField>(names.collect::<Vec<_>>().join(" "))
        };
        assert_eq!(moved("skills:up").unwrap(), "skills work education");
        assert_eq!(moved("skills:down").unwrap(), "work education skills");
        assert_eq!(moved("work:up").unwrap(), "work skills education");
        assert_eq!(moved("education:down").unwrap(), "work skills education");
        for bad in ["nothing:up", "skills:left", "awards:up"] {
            assert_eq!(moved(bad), Err(BadField("order")), "{bad}");
        }
    }

    #[test]
    fn what_no_list_holds_is_refused_with_its_field() {
        let with = |change: fn(&mut PrintForm)| {
            let mut form = PrintForm::default();
            change(&mut form);
            form.options()
        };
        assert_eq!(
            with(|form| form.paper = "a5".into()),
            Err(BadField("paper"))
        );
        assert_eq!(
            with(|form| form.accent = "red".into()),
            Err(BadField("accent"))
        );
        assert_eq!(
            with(|form| form.dates = "soon".into()),
            Err(BadField("dates"))
        );
        assert_eq!(
            with(|form| form.titles = BTreeMap::from([("x".into(), "y".into())])),
            Err(BadField("titles"))
        );
        let own = with(|form| {
            form.accent = "#123456".into();
            form.own_accent = true;
        });
        assert_eq!(own.unwrap().accent, None);
    }
}
