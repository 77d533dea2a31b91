//! From matches to a draft: everything worth showing, arranged, and what gives way first.

mod baseline;
mod compose;
mod cut;
mod entries;
mod head;
mod lists;
mod sections;

use career::{Analysis, Draft, Match, PartialDate, Profile, Resume};

use crate::language::of_profile;
use crate::relevance::Relevance;
use crate::tongues::Tongues;
use compose::Composer;

pub use baseline::baseline;
pub(crate) use head::short_address;
pub(crate) use sections::newest_first;

/// How a résumé is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Pages at most: 1 or 2.
    pub page_budget: u32,
    /// BCP 47 tag of headings and dates; `None` takes the language the profile is written in.
    pub language: Option<String>,
    /// The day it is made.
    pub today: PartialDate,
}

impl Options {
    fn language(&self, profile: &Profile) -> String {
        self.language.clone().unwrap_or_else(|| of_profile(profile))
    }
}

/// Arranges all that is worth showing for this posting and says what gives way first.
///
/// Lines that answer what is insisted on give way last, and none of them before every line that
/// answers nothing; the name and the first way to reach the person never do. Of lines that answer the
/// same, those in the résumé's language stand first.
pub fn generate(
    profile: &Profile,
    analysis: &Analysis,
    matches: &[Match],
    options: &Options,
) -> Draft {
    let language = options.language(profile);
    let tongues = Tongues::of(profile, Some(&language));
    let relevance = Relevance::new(analysis, matches).preferring(&tongues, &language);
    let mut composer = Composer::new(profile, &language);
    let head = head::head(&mut composer);
    let sections = sections::tailored(&mut composer, &relevance, options.today);
    let resume = Resume {
        language: language.clone(),
        head,
        sections,
    };
    let cut_order = cut::cut_order(&resume, &relevance);
    Draft {
        resume,
        cut_order,
        page_budget: options.page_budget.clamp(1, 2),
    }
}

/// Says anew what gives way first, where lines of a draft have changed.
pub(crate) fn recut(draft: &mut Draft, profile: &Profile, analysis: &Analysis, matches: &[Match]) {
    let language = &draft.resume.language;
    let tongues = Tongues::of(profile, Some(language));
    let relevance = Relevance::new(analysis, matches).preferring(&tongues, language);
    draft.cut_order = cut::cut_order(&draft.resume, &relevance);
}
