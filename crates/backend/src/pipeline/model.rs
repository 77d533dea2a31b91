//! The model's part in a run: it reads the posting, and it proposes words. The gate takes those that
//! claim no more than the evidence; whatever goes wrong, what the built-in tailor made stands.

use std::collections::HashSet;

use career::merge::anchor;
use career::resume::AsClaim;
use career::view::RejectedView;
use career::{
    Analysis, Claim, ClaimId, Draft, Finding, FindingCode, Match, Posting, Profile, Resume,
    Verified,
};
use chrono::Utc;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tailor::privacy::Mask;
use tailor::{Refused, Rewording};
use tokio::sync::mpsc::{Sender, channel};

use super::asking::{Errand, Said, Whose, ask};
use crate::ports::models::Purpose;

/// Lines that may wait to be judged; more than a question has.
pub const WAITING: usize = 128;

/// A proposal that the gate refused, with why: kept, so that the person can see what was kept out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// The line it was for.
    pub claim: ClaimId,
    /// What was proposed.
    pub text: String,
    /// What was said against it.
    pub findings: Vec<Finding>,
}

/// What was refused, as it is shown: of the lines that are on the pages.
pub fn views(
    rejected: &[Rejected],
    resume: &Resume<Verified<Claim>>,
    profile: &Profile,
) -> Vec<RejectedView> {
    let view = |rejected: &Rejected| {
        let mut lines = resume.claims().map(|(_, line)| line.claim());
        let line = lines.find(|line| line.id == rejected.claim)?;
        let finding = rejected.findings.first()?;
        let mut entries = profile.entries.iter();
        let entry = entries.find(|entry| line.entry.as_ref() == Some(&entry.id));
        // A reason of the gate's begins with its code.
        let (code, reason) = match finding.reason.split_once(": ") {
            Some((code, reason)) if finding.code == FindingCode::SaysMore => (code, reason),
            _ => (finding.code.as_str(), finding.reason.as_str()),
        };
        Some(RejectedView {
            line: rejected.claim.0.clone(),
            proposed: rejected.text.clone(),
            code: code.to_owned(),
            reason: reason.to_owned(),
            entry: entry.and_then(anchor).map(|fact| fact.0.clone()),
        })
    };
    rejected.iter().filter_map(view).collect()
}

/// What became of a draft.
#[derive(Debug)]
pub struct Improved {
    /// The draft, with what was taken.
    pub draft: Draft,
    /// Lines that now stand in other words, those of a summary included.
    pub taken: Vec<ClaimId>,
    /// Whether the line under the name was chosen anew.
    pub headed: bool,
    /// What was refused, and not repaired.
    pub rejected: Vec<Rejected>,
    /// What the person should know, as a message code.
    pub notice: Option<&'static str>,
}

/// Reads what a posting asks for with a model's help; the built-in reading where that gives nothing.
/// The second says whether it helped, the third what the person should know, as a message code.
pub async fn read(
    errand: Errand<'_>,
    posting: &Posting,
    built_in: Analysis,
) -> (Analysis, bool, Option<&'static str>) {
    let prompt = tailor::ask_reading(posting);
    // Nothing of a person is in a posting, so nothing has to be hidden.
    let mut mask = Mask::of(&Profile::default());
    let whose = Whose::Everybodys;
    let said = ask(errand, &prompt, Purpose::Analyze, whose, &mut mask, None).await;
    match tailor::analysis_of(&said.answer, posting, &built_in) {
        Some(analysis) => (analysis, true, said.notice),
        None => (built_in, false, said.notice),
    }
}

/// Asks for other words, for a line under the name and for a summary, and puts in what the gate admits.
/// Lines that are refused are asked once more with the reason. `arrived` gets each line that stands, as
/// it comes.
pub async fn improve(
    errand: Errand<'_>,
    draft: Draft,
    profile: &Profile,
    posting: &Posting,
    (analysis, matches): (&Analysis, &[Match]),
    arrived: Option<Sender<String>>,
) -> Improved {
    let reworded = reword(errand, draft.clone(), profile, posting, analysis, arrived);
    let summary = summary(errand, &draft, profile, posting, analysis);
    let headline = headline(errand, &draft, profile, posting, (analysis, matches));
    let (mut improved, summary, headline) = tokio::join!(reworded, summary, headline);
    let (headline, unheaded) = headline;
    if let Some(headline) = headline {
        let (analysis, matches) = (analysis.clone(), matches.to_vec());
        let put = blocking(improved.draft.clone(), profile, move |draft, profile| {
            let why = (&analysis, matches.as_slice());
            tailor::put_headline(draft, &headline, profile, why)
        })
        .await;
        match put {
            Some((draft, Ok(()))) => {
                improved.draft = draft;
                improved.headed = true;
            }
            // Only what may stand there is offered; what was there stays.
            Some((_, Err(findings))) => {
                tracing::warn!(
                    code = findings.first().map(|finding| finding.code.as_str()),
                    "a line under the name was refused"
                );
            }
            None => {}
        }
    }
    let (sentences, error) = summary;
    let judged = blocking(improved.draft.clone(), profile, move |draft, profile| {
        let outcome = tailor::summarize(draft, &sentences, profile);
        let refused = &outcome.findings;
        let texts = sentences.iter().map(|sentence| sentence.text.clone());
        let ids = (1..).map(|number| format!("summary-{number}"));
        let rejected = ids.zip(texts).filter_map(|(id, text)| {
            let against = |finding: &&Finding| finding.claim.0 == id;
            let findings: Vec<Finding> = refused.iter().filter(against).cloned().collect();
            (!findings.is_empty()).then_some(Rejected {
                claim: ClaimId(id),
                text,
                findings,
            })
        });
        (outcome.taken, rejected.collect::<Vec<_>>())
    })
    .await;
    if let Some((draft, (taken, rejected))) = judged {
        improved.draft = draft;
        improved.taken.extend(taken);
        improved.rejected.extend(rejected);
    }
    improved.notice = improved.notice.or(error).or(unheaded);
    improved
}

async fn reword(
    errand: Errand<'_>,
    draft: Draft,
    profile: &Profile,
    posting: &Posting,
    analysis: &Analysis,
    arrived: Option<Sender<String>>,
) -> Improved {
    let mut improved = Improved {
        draft,
        taken: Vec::new(),
        headed: false,
        rejected: Vec::new(),
        notice: None,
    };
    let Some(prompt) = tailor::ask_rewordings(&improved.draft, profile, posting, analysis) else {
        return improved;
    };
    let mut mask = Mask::of(profile);
    let heard = arrived.map(|arrived| judge_arriving(&improved.draft, profile, arrived));
    let said = ask(
        errand,
        &prompt,
        Purpose::Rewrite,
        Whose::Own,
        &mut mask,
        heard,
    )
    .await;
    improved.notice = said.notice;
    let refused = take(&mut improved, said, profile).await;
    let again: Vec<Refused> = refused
        .iter()
        .map(|rejected| Refused {
            claim: rejected.claim.clone(),
            text: rejected.text.clone(),
            reasons: rejected
                .findings
                .iter()
                .map(|finding| finding.reason.clone())
                .collect(),
        })
        .collect();
    improved.rejected = refused;
    let Some(prompt) = tailor::ask_mending(&improved.draft, profile, &again) else {
        return improved;
    };
    if Utc::now() >= errand.deadline {
        return improved;
    }
    let said = ask(errand, &prompt, Purpose::Mend, Whose::Own, &mut mask, None).await;
    // A repair that is not given leaves the facts' own words: nothing the person need know.
    if let Some(code) = said.notice {
        tracing::info!(code, "refused lines were not repaired");
    }
    let still = take(&mut improved, said, profile).await;
    improved.rejected.extend(still);
    // What stands in mended words was not refused in the end.
    let taken = &improved.taken;
    improved
        .rejected
        .retain(|rejected| !taken.contains(&rejected.claim));
    improved
}

/// Puts what was said into the draft; gives what the gate refuses.
async fn take(improved: &mut Improved, said: Said, profile: &Profile) -> Vec<Rejected> {
    let proposals = tailor::rewordings(&said.answer, &improved.draft, profile);
    let judged = blocking(improved.draft.clone(), profile, move |draft, profile| {
        // A draft's own words are no proposal.
        let same = |proposal: &Rewording| {
            let mut lines = draft.resume.claims();
            lines.any(|(_, line)| line.id == proposal.claim && line.text == proposal.text)
        };
        let proposals: Vec<Rewording> = proposals
            .into_iter()
            .filter(|proposal| !same(proposal))
            .collect();
        let outcome = tailor::reword(draft, &proposals, profile);
        let taken: HashSet<&ClaimId> = outcome.taken.iter().collect();
        let rejected: Vec<Rejected> = proposals
            .iter()
            .filter(|proposal| !taken.contains(&proposal.claim))
            .map(|proposal| {
                let against = outcome
                    .findings
                    .iter()
                    .filter(|finding| finding.claim == proposal.claim);
                Rejected {
                    claim: proposal.claim.clone(),
                    text: proposal.text.clone(),
                    findings: against.cloned().collect(),
                }
            })
            .collect();
        (outcome.taken, rejected)
    })
    .await;
    let Some((draft, (taken, rejected))) = judged else {
        return Vec::new();
    };
    improved.draft = draft;
    improved.taken.extend(taken);
    rejected
}

async fn summary(
    errand: Errand<'_>,
    draft: &Draft,
    profile: &Profile,
    posting: &Posting,
    analysis: &Analysis,
) -> (Vec<tailor::Sentence>, Option<&'static str>) {
    let Some(prompt) = tailor::ask_summary(draft, profile, posting, analysis) else {
        return (Vec::new(), None);
    };
    let mut mask = Mask::of(profile);
    let said = ask(
        errand,
        &prompt,
        Purpose::Summary,
        Whose::Own,
        &mut mask,
        None,
    )
    .await;
    let sentences = tailor::sentences(&said.answer, draft, profile);
    (sentences, said.notice)
}

async fn headline(
    errand: Errand<'_>,
    draft: &Draft,
    profile: &Profile,
    posting: &Posting,
    (analysis, matches): (&Analysis, &[Match]),
) -> (Option<tailor::Headline>, Option<&'static str>) {
    let Some(prompt) = tailor::ask_headline(draft, profile, posting, analysis, matches) else {
        return (None, None);
    };
    let mut mask = Mask::of(profile);
    let said = ask(
        errand,
        &prompt,
        Purpose::Headline,
        Whose::Own,
        &mut mask,
        None,
    )
    .await;
    let headline = tailor::headline_of(&said.answer, draft, profile, (analysis, matches));
    (headline, said.notice)
}

/// Judges lines as they come and passes on those that stand: nobody sees a line that is not true.
fn judge_arriving(draft: &Draft, profile: &Profile, arrived: Sender<String>) -> Sender<Value> {
    let (sender, mut heard) = channel::<Value>(WAITING);
    let (draft, profile) = (draft.clone(), profile.clone());
    tokio::task::spawn_blocking(move || {
        while let Some(line) = heard.blocking_recv() {
            let lines = json!({"lines": [line]});
            for proposal in tailor::rewordings(&lines, &draft, &profile) {
                if let Ok(claim) = tailor::reword_one(&draft, &proposal, &profile)
                    && arrived.blocking_send(claim.text).is_err()
                {
                    return;
                }
            }
        }
    });
    sender
}

/// Works on a draft on a thread of its own; `None` when that ended early, and then nothing changed.
async fn blocking<T, F>(draft: Draft, profile: &Profile, work: F) -> Option<(Draft, T)>
where
    T: Send + 'static,
    F: FnOnce(&mut Draft, &Profile) -> T + Send + 'static,
{
    let profile = profile.clone();
    let work = move || {
        let mut draft = draft;
        let found = work(&mut draft, &profile);
        (draft, found)
    };
    let done = tokio::task::spawn_blocking(work).await;
    if let Err(error) = &done {
        tracing::error!(%error, "judging what a model proposed ended early");
    }
    done.ok()
}
