//! Use cases of what people tell in their own words: blocks written by hand, and an interview that
//! asks for what the evidence lacks.

mod interview;

use career::merge::{self, Change, Merged};
use career::own::{self, About, SECTIONS, Typed, Written};
use career::view::WriteView;
use career::{Action, FactId, PartialDate, Profile, SectionKind};
use uuid::Uuid;

use super::{may, note, readings, standing, whole};
use crate::{Context, Error, Result};

pub use interview::{answer, interview};

/// Characters of a field of one line, and of one line of several.
const MAX_LINE: usize = 1_000;
/// Characters of free text.
const MAX_TEXT: usize = 5_000;
/// Lines or keywords of a block.
const MAX_PARTS: usize = 100;
/// Statements of one person: far more than a career has, few enough to be read at every visit.
const MAX_STATEMENTS: usize = 2_000;

fn invalid(code: &'static str, field: &'static str) -> Error {
    Error::Invalid {
        code,
        field: Some(field),
    }
}

/// A block as it was written last; without an id an empty one of that section, or, for the head, what
/// stands at the top of a page from whatever source. `None` when the person wrote none of that id.
///
/// # Errors
/// When the database is away.
pub async fn written(
    context: &Context,
    id: Option<Uuid>,
    section: SectionKind,
) -> Result<Option<WriteView>> {
    let owner = may(context, Action::Read)?;
    let changes = standing(context, owner).await?;
    let Some(id) = id else {
        let typed = if section == SectionKind::Head {
            own::about_of(&merged(context, owner, &changes).await?.profile).typed()
        } else {
            Written::new(section).typed()
        };
        return Ok(Some(WriteView {
            id: None,
            section,
            typed,
            problem: None,
        }));
    };
    let mut blocks = own::latest(&changes).into_iter();
    let block = blocks.find(|(known, _)| *known == id);
    Ok(block.map(|(id, written)| WriteView {
        id: Some(id),
        section: written.section,
        typed: written.typed(),
        problem: None,
    }))
}

/// Keeps a block, with an id in the place of the block of that id; or, for the head, what stands at the
/// top of a page: there, what is the same as in the sources stays theirs.
///
/// # Errors
/// [`Error::Invalid`] with the message and the field when something cannot be used;
/// [`Error::NotFound`] when the person wrote no block of that id.
pub async fn write(
    context: &Context,
    id: Option<Uuid>,
    section: SectionKind,
    typed: &Typed,
) -> Result<()> {
    let owner = may(context, Action::Change)?;
    let changes = standing(context, owner).await?;
    room(&changes)?;
    if section == SectionKind::Head {
        let about = checked_about(typed)?;
        let readings = readings(context, owner).await?;
        let about = differing(&about, &own::about_of(&whole(&readings, &[])));
        return note_about(context, owner, &changes, about).await;
    }
    let entry = checked(section, typed)?;
    let id = match id {
        Some(id) => {
            let mut known = own::latest(&changes).into_iter();
            let known = known.find(|(known, _)| *known == id);
            if known.is_none_or(|(_, written)| written.section != section) {
                return Err(Error::NotFound);
            }
            id
        }
        None => Uuid::now_v7(),
    };
    note(context, owner, Change::Write { id, entry }).await?;
    Ok(())
}

/// Whether the person wrote something a résumé can be made of.
///
/// # Errors
/// When the database is away.
pub(crate) async fn tells(context: &Context, owner: Uuid) -> Result<bool> {
    let changes = standing(context, owner).await?;
    let written = own::with_own_words(Profile::default(), &changes);
    Ok(written.has_content())
}

fn room(changes: &[Change]) -> Result<()> {
    if changes.len() >= MAX_STATEMENTS {
        return Err(Error::Invalid {
            code: "own_too_many",
            field: None,
        });
    }
    Ok(())
}

fn checked(section: SectionKind, typed: &Typed) -> Result<Written> {
    if !SECTIONS.contains(&section) {
        return Err(Error::NotFound);
    }
    let written = Written::read(section, typed);
    let short = [
        ("title", &written.title),
        ("subtitle", &written.subtitle),
        ("organization", &written.organization),
        ("location", &written.location),
        ("url", &written.url),
        ("start", &written.start),
        ("end", &written.end),
        ("score", &written.score),
    ];
    for (name, text) in short {
        fits(text, MAX_LINE, name)?;
    }
    fits(&written.summary, MAX_TEXT, "summary")?;
    for (name, parts) in [("lines", &written.lines), ("keywords", &written.keywords)] {
        if parts.len() > MAX_PARTS {
            return Err(invalid("own_too_long", name));
        }
        for part in parts {
            fits(part, MAX_LINE, name)?;
        }
    }
    let named = match section {
        SectionKind::Skills | SectionKind::Interests if written.keywords.is_empty() => {
            return Err(invalid("own_keywords_missing", "keywords"));
        }
        SectionKind::Skills | SectionKind::Interests => true,
        SectionKind::Work | SectionKind::Education => {
            !written.title.is_empty() || !written.organization.is_empty()
        }
        _ => !written.title.is_empty(),
    };
    if !named {
        return Err(invalid("own_untitled", "title"));
    }
    checked_dates(&written.start, &written.end)?;
    checked_url(&written.url, "url")?;
    Ok(written)
}

fn fits(text: &str, most: usize, field: &'static str) -> Result<()> {
    if text.chars().count() > most {
        return Err(invalid("own_too_long", field));
    }
    Ok(())
}

fn checked_dates(start: &str, end: &str) -> Result<()> {
    let read = |text: &str, field| match PartialDate::parse(text) {
        _ if text.is_empty() => Ok(None),
        Some(date) => Ok(Some(date)),
        None => Err(invalid("own_date", field)),
    };
    let (from, to) = (read(start, "start")?, read(end, "end")?);
    match (from, to) {
        (None, Some(_)) => Err(invalid("own_start_missing", "start")),
        (Some(from), Some(to)) if to.year < from.year || (to < from && to.month.is_some()) => {
            Err(invalid("own_dates_order", "end"))
        }
        _ => Ok(()),
    }
}

fn checked_url(url: &str, field: &'static str) -> Result<()> {
    let host = url
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let whole = host.contains('.') && !host.contains(char::is_whitespace) && !host.contains("://");
    if url.is_empty() || whole {
        Ok(())
    } else {
        Err(invalid("own_url", field))
    }
}

async fn merged(context: &Context, owner: Uuid, changes: &[Change]) -> Result<Merged> {
    let readings = readings(context, owner).await?;
    Ok(merge::apply(whole(&readings, changes), changes))
}

fn checked_about(typed: &Typed) -> Result<About> {
    let about = About::read(typed);
    for (name, text) in About::FIELDS.into_iter().zip(about.texts()) {
        fits(
            text,
            if name == "summary" {
                MAX_TEXT
            } else {
                MAX_LINE
            },
            name,
        )?;
    }
    let email = about.email.as_str();
    let whole = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !email.is_empty() && (!whole || email.contains(char::is_whitespace)) {
        return Err(invalid("own_email", "email"));
    }
    if !about.phone.is_empty() && !about.phone.chars().any(|letter| letter.is_ascii_digit()) {
        return Err(invalid("own_phone", "phone"));
    }
    checked_url(&about.website, "website")?;
    Ok(about)
}

/// Only what is not said by the sources already.
fn differing(told: &About, sources: &About) -> About {
    let mut typed = told.typed();
    for (name, text) in sources.typed() {
        if typed.get(&name) == Some(&text) {
            typed.remove(&name);
        }
    }
    About::read(&typed)
}

async fn note_about(
    context: &Context,
    owner: Uuid,
    changes: &[Change],
    about: About,
) -> Result<()> {
    let known = last_about(changes);
    if known != about {
        let id = Uuid::now_v7();
        note(context, owner, Change::WriteAbout { id, about }).await?;
    }
    Ok(())
}

fn last_about(changes: &[Change]) -> About {
    let last = changes.iter().rev().find_map(|change| match change {
        Change::WriteAbout { about, .. } => Some(about.clone()),
        _ => None,
    });
    last.unwrap_or_default()
}

fn text_of<'a>(typed: &'a Typed, field: &str) -> &'a str {
    typed.get(field).map_or("", |text| text.trim())
}

fn said<'a>(typed: &'a Typed, field: &'static str) -> Result<&'a str> {
    let text = text_of(typed, field);
    if text.is_empty() {
        return Err(invalid("own_empty", field));
    }
    Ok(text)
}

/// Keeps a line in the person's own words under an entry: what a model proposed and no source says may
/// still be true, and then the person says so.
///
/// # Errors
/// [`Error::Invalid`] when the words are none or too many.
pub async fn confirm(context: &Context, entry: &str, words: &str) -> Result<()> {
    let owner = may(context, Action::Change)?;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return Err(invalid("confirm_empty", "words"));
    }
    fits(&words, MAX_LINE, "words")?;
    let changes = standing(context, owner).await?;
    room(&changes)?;
    let entry = FactId(entry.to_owned());
    let merged = merged(context, owner, &changes).await?;
    let mut entries = merged.profile.entries.iter();
    if !entries.any(|known| merge::anchor(known) == Some(&entry)) {
        return Err(invalid("confirm_not_yours", "words"));
    }
    let id = Uuid::now_v7();
    note(context, owner, Change::AddLine { entry, id, words }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        let fields = fields.iter();
        fields
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    fn refusal(
        section: SectionKind,
        fields: &[(&str, &str)],
    ) -> (&'static str, Option<&'static str>) {
        let error = checked(section, &typed(fields)).unwrap_err();
        (error.code(), error.field())
    }

    #[test]
    fn what_cannot_be_used_is_told_at_its_field() {
        let work = SectionKind::Work;
        let long = "x".repeat(1_001);
        for (fields, told) in [
            (vec![("summary", "x")], ("own_untitled", Some("title"))),
            (
                vec![("title", "x"), ("start", "once")],
                ("own_date", Some("start")),
            ),
            (
                vec![("title", "x"), ("end", "2020")],
                ("own_start_missing", Some("start")),
            ),
            (
                vec![("title", "x"), ("start", "2021"), ("end", "2020")],
                ("own_dates_order", Some("end")),
            ),
            (
                vec![("title", "x"), ("url", "not an address")],
                ("own_url", Some("url")),
            ),
            (
                vec![("title", "x"), ("lines", long.as_str())],
                ("own_too_long", Some("lines")),
            ),
        ] {
            assert_eq!(refusal(work, &fields), told, "{fields:?}");
        }
        assert_eq!(
            refusal(SectionKind::Skills, &[("title", "x")]),
            ("own_keywords_missing", Some("keywords"))
        );
        for address in [
            "robin",
            "robin@",
            "@example.org",
            "robin@example",
            "r b@example.org",
        ] {
            let error = checked_about(&typed(&[("email", address)])).unwrap_err();
            assert_eq!(error.code(), "own_email", "{address}");
        }
    }

    #[test]
    fn a_year_alone_may_begin_and_end_something() {
        assert!(checked_dates("2020-03", "2020").is_ok());
        assert!(checked_dates("2020", "2020").is_ok());
        assert!(checked_dates("Mar 2020", "").is_ok());
    }

    #[test]
    fn what_the_sources_say_already_stays_theirs() {
        let sources = About {
            name: "Robin".to_owned(),
            email: "r@example.org".to_owned(),
            ..About::default()
        };
        let told = About {
            email: "robin@example.org".to_owned(),
            ..sources.clone()
        };
        let kept = differing(&told, &sources);
        assert_eq!(
            (kept.name.as_str(), kept.email.as_str()),
            ("", "robin@example.org")
        );
    }
}
