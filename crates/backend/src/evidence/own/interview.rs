//! The interview: the next question about what the evidence lacks, and what becomes of an answer.

use career::merge::{Change, FieldName};
use career::own::{self, Question, Topic, Typed, Written};
use career::view::InterviewView;
use career::{Action, FactId, SectionKind};
use uuid::Uuid;

use super::super::{may, note, standing};
use super::{
    MAX_LINE, MAX_PARTS, checked, checked_about, checked_dates, fits, invalid, last_about, merged,
    note_about, room, said, text_of,
};
use crate::pipeline::today;
use crate::{Context, Error, Result};

/// The next question, and how many there are.
///
/// # Errors
/// When the database is away.
pub async fn interview(context: &Context) -> Result<InterviewView> {
    let owner = may(context, Action::Read)?;
    let changes = standing(context, owner).await?;
    let merged = merged(context, owner, &changes).await?;
    let open = own::questions(&merged, &changes, today());
    Ok(InterviewView {
        left: i64::try_from(open.len()).unwrap_or(i64::MAX),
        question: open.into_iter().next(),
        empty: !merged.profile.has_content(),
        typed: Typed::new(),
        problem: None,
    })
}

/// Takes the answer to an open question, or passes it over when nothing was typed and `skip` says
/// so. A question that is no longer open was answered elsewhere: nothing is noted twice.
///
/// # Errors
/// [`Error::Invalid`] with the message and the field when the answer cannot be used.
pub async fn answer(context: &Context, id: &str, skip: bool, typed: &Typed) -> Result<()> {
    let owner = may(context, Action::Change)?;
    let changes = standing(context, owner).await?;
    room(&changes)?;
    let merged = merged(context, owner, &changes).await?;
    let open = own::questions(&merged, &changes, today());
    let Some(question) = open.into_iter().find(|question| question.id == id) else {
        return Ok(());
    };
    if skip {
        let question = question.id;
        note(context, owner, Change::Skip { question }).await?;
        return Ok(());
    }
    match question.topic {
        Topic::Name | Topic::Email | Topic::Location | Topic::Summary => {
            let field = question.topic.as_str();
            let text = said(typed, field)?;
            // The rest of what was said at the top stays said.
            let mut whole = last_about(&changes).typed();
            whole.insert(field.to_owned(), text.to_owned());
            note_about(context, owner, &changes, checked_about(&whole)?).await
        }
        Topic::Dates => {
            let entry = entry_of(&question)?;
            let (start, end) = (said(typed, "start")?, text_of(typed, "end"));
            checked_dates(start, end)?;
            for (field, words) in [(FieldName::Start, start), (FieldName::End, end)] {
                if !words.is_empty() {
                    let change = Change::Fill {
                        entry: entry.clone(),
                        field,
                        id: Uuid::now_v7(),
                        words: words.to_owned(),
                    };
                    note(context, owner, change).await?;
                }
            }
            Ok(())
        }
        Topic::Told | Topic::Outcome => {
            let entry = entry_of(&question)?;
            said(typed, "lines")?;
            let lines = Written::read(SectionKind::Work, typed).lines;
            if lines.len() > MAX_PARTS {
                return Err(invalid("own_too_long", "lines"));
            }
            for words in &lines {
                fits(words, MAX_LINE, "lines")?;
            }
            for words in lines {
                let (entry, id) = (entry.clone(), Uuid::now_v7());
                note(context, owner, Change::AddLine { entry, id, words }).await?;
            }
            Ok(())
        }
        Topic::Skills => {
            said(typed, "keywords")?;
            let entry = checked(SectionKind::Skills, typed)?;
            let id = Uuid::now_v7();
            note(context, owner, Change::Write { id, entry }).await?;
            Ok(())
        }
        Topic::Languages => {
            for language in said(typed, "lines")?.lines() {
                let entry = checked(SectionKind::Languages, &language_of(language))?;
                let id = Uuid::now_v7();
                note(context, owner, Change::Write { id, entry }).await?;
            }
            Ok(())
        }
        // These are written as blocks; the page leads there.
        Topic::Work | Topic::Education | Topic::Gap => Err(Error::NotFound),
    }
}

/// `German, fluent`, `German (C1)`, `German: native`, or a language alone.
fn language_of(line: &str) -> Typed {
    let ends = [',', '(', ':', '–', '—'];
    let (title, level) = line.split_once(ends).unwrap_or((line, ""));
    let level = level.trim().trim_end_matches(')');
    [("title", title.trim()), ("subtitle", level.trim())]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into()
}

fn entry_of(question: &Question) -> Result<FactId> {
    question.entry.clone().ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_with_how_well_it_is_spoken() {
        for line in ["German, C1", "German (C1)", "German: C1"] {
            let typed = language_of(line);
            assert_eq!(
                (typed["title"].as_str(), typed["subtitle"].as_str()),
                ("German", "C1")
            );
        }
        assert_eq!(language_of("Yoruba")["title"], "Yoruba");
    }
}
