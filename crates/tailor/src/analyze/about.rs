//! What each sentence of a posting is about: how much of what it names is asked for.

use career::RequirementKind;

use super::Found;
use super::blocks::{Block, BlockKind};
use super::cues::{asks, contains_cue, is_about_others, is_offer, plain};
use super::headings::Heading;
use super::sentences::sentences_in;
use crate::data::wording;
use crate::knowledge::{About, Sentence};

/// The most words a first line has that is a title.
const TITLE: usize = 12;

/// The sentences of the blocks, by what they are about.
pub(super) fn about(text: &str, told: &[(Block, Heading)], found: &[Found]) -> Vec<Sentence> {
    // The first line names the job.
    let title = told.first().map_or(0, |(block, _)| {
        let words = text[block.start..block.end].split_whitespace().count();
        match block.kind {
            BlockKind::Line if words <= TITLE => block.end,
            _ => 0,
        }
    });
    let mut sentences = Vec::new();
    for (block, heading) in told.iter().filter(|(block, _)| block.start >= title) {
        let spans = match block.kind {
            BlockKind::Bullet => vec![(block.start, block.end)],
            _ => sentences_in(text, block.start, block.end),
        };
        for (start, end) in spans {
            let kinds = found
                .iter()
                .filter(|item| item.start < end && start < item.end)
                .map(|item| item.kind);
            // What is asked for or welcome before what is done.
            let kind = kinds.min_by_key(|kind| *kind == RequirementKind::Duty);
            let about = of_sentence(&text[start..end], *heading, kind);
            sentences.push(Sentence { start, end, about });
        }
    }
    sentences
}

fn of_sentence(words: &str, heading: Heading, kind: Option<RequirementKind>) -> About {
    let lower = plain(words);
    let cues = &wording().about;
    let begins = |list: &[String]| list.iter().any(|cue| lower.starts_with(cue.as_str()));
    let says = |list: &[String]| list.iter().any(|cue| contains_cue(&lower, cue));
    if begins(&cues.application) {
        return About::Other;
    }
    match kind {
        Some(RequirementKind::Must | RequirementKind::Nice) => return About::Asked,
        _ if says(&cues.application) => return About::Other,
        Some(RequirementKind::Duty) => return About::Duty,
        None => {}
    }
    let question = lower.ends_with('?') && begins(&cues.question);
    let run_in = cues.run_in.iter().any(|cue| words.contains(cue.as_str()));
    if is_offer(words) {
        About::Other
    } else if question || run_in || asks(words) {
        // Whatever it stands under.
        About::Asked
    } else if heading == Heading::Other {
        About::Other
    } else if says(&cues.position) {
        About::Duty
    } else if is_about_others(&lower) {
        About::Other
    } else {
        About::Told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_about_what_its_words_say_under_any_heading() {
        for (words, heading, about) in [
            (
                "Do you have a background in consulting?",
                Heading::Unknown,
                About::Asked,
            ),
            (
                "Experience with Kafka is required.",
                Heading::Other,
                About::Asked,
            ),
            (
                "A position within machine learning is open.",
                Heading::Unknown,
                About::Duty,
            ),
            (
                "Please submit a cover letter in English.",
                Heading::Must,
                About::Other,
            ),
            (
                "We have deep roots in dairy science.",
                Heading::Unknown,
                About::Other,
            ),
            ("Our team builds Kafka.", Heading::Unknown, About::Other),
            ("Python, Kafka, Spark", Heading::Unknown, About::Told),
            ("Python, Kafka, Spark", Heading::Other, About::Other),
        ] {
            assert_eq!(of_sentence(words, heading, None), about, "{words}");
        }
    }

    #[test]
    fn what_was_found_to_be_asked_for_is_asked_unless_it_says_how_to_apply() {
        let nice = Some(RequirementKind::Nice);
        let duty = Some(RequirementKind::Duty);
        assert_eq!(of_sentence("Kafka", Heading::Unknown, nice), About::Asked);
        assert_eq!(
            of_sentence("Run Kafka", Heading::Unknown, duty),
            About::Duty
        );
        let apply = "Please send a degree certificate";
        assert_eq!(of_sentence(apply, Heading::Unknown, nice), About::Other);
    }
}
