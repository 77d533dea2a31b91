//! The person's work in repositories of others.

use std::cmp::Reverse;

use career::{DateField, SectionKind};

use super::own::{full_name, keywords};
use super::scribe::Scribe;
use super::{Account, Contribution, ContributionKind, Repository};

/// Pieces of work that are read at most.
const MAX_CONTRIBUTIONS: usize = 3_000;

/// One project for every repository that took changes of the person: each change is a line in its
/// own words. They stand among projects, since GitHub does not say whether they were paid for, with
/// GitHub's word for what the person is to the repository, so that nobody takes it for theirs.
/// Reviews and issues are facts only: their titles are other people's words, or tell of trouble.
pub(super) fn projects(scribe: &mut Scribe, account: &Account) {
    let mut repositories: Vec<(&str, Vec<&Contribution>)> = Vec::new();
    if account.contributions.len() > MAX_CONTRIBUTIONS {
        let notice = "too_many_items:contributions".to_owned();
        scribe.collector.notices.push(notice);
    }
    for made in account.contributions.iter().take(MAX_CONTRIBUTIONS) {
        let Some(url) = others(account, made) else {
            continue;
        };
        if !made.is_line() {
            scribe.member(&made.html_url, made.kind.as_str(), Some(&made.title));
            continue;
        }
        match repositories.iter_mut().find(|(known, _)| *known == url) {
            Some((_, all)) => all.push(made),
            None => repositories.push((url, vec![made])),
        }
    }
    for (kind, total) in &account.totals {
        scribe.member(&total.html_url, kind.as_str(), Some(&total.total_count));
    }
    // Stable: among equals the order of the answer stays.
    repositories.sort_by_key(|(_, all)| Reverse(all.len()));
    for (url, mut all) in repositories {
        all.sort_by(|one, other| other.at.cmp(&one.at));
        let known = |known: &&Repository| known.html_url == url && !known.private;
        let about = account.contributed_to.iter().find(known);
        project(scribe, url, &all, about);
    }
}

impl Contribution {
    /// Whether its title is the person's own word for work that was accepted.
    fn is_line(&self) -> bool {
        match self.kind {
            ContributionKind::MergedPullRequest => true,
            ContributionKind::Release => self.title.split_whitespace().count() >= 3,
            ContributionKind::ReviewedPullRequest | ContributionKind::ClosedIssue => false,
        }
    }
}

/// The page of its repository, when that is somebody else's.
fn others<'a>(account: &Account, made: &'a Contribution) -> Option<&'a str> {
    let (owner, _) = made.repository()?.split_once('/')?;
    let own = owner.eq_ignore_ascii_case(&account.user.login);
    let web = made.html_url.starts_with("http");
    (!own && web).then(|| made.repository_url()).flatten()
}

fn project(scribe: &mut Scribe, url: &str, all: &[&Contribution], about: Option<&Repository>) {
    let Some(name) = all.first().and_then(|made| made.repository()) else {
        return;
    };
    let mut entry = scribe.collector.entry(SectionKind::Projects);
    entry.title = full_name(scribe, url, name);
    entry.url = scribe.field(url, Some(url));
    let newest = all.iter().find(|made| made.author_association.is_some());
    entry.subtitle = newest.and_then(|made| {
        let word = made.author_association.as_deref();
        scribe.field(&made.html_url, word.filter(|word| *word != "NONE"))
    });
    let dated: Vec<&&Contribution> = all.iter().filter(|made| made.at.is_some()).collect();
    let mut date = |made: Option<&&&Contribution>| {
        let made = made?;
        scribe
            .field(&made.html_url, made.at.as_deref())
            .map(DateField::read)
    };
    entry.start = date(dated.last());
    if dated.len() > 1 {
        entry.end = date(dated.first());
    } else {
        entry.single_date = true;
    }
    if let Some(about) = about {
        entry
            .summary
            .extend(scribe.field(url, about.description.as_deref()));
        keywords(scribe, about, &mut entry.keywords, |_, _| {});
        let stars = Some(&about.stargazers_count).filter(|count| **count > 0);
        scribe.member(url, "stargazers_count", stars);
    }
    for made in all {
        let revision = made.revision.as_deref();
        let title = scribe.field_at(&made.html_url, revision, Some(&made.title));
        entry.highlights.extend(title);
    }
    scribe.collector.push(entry);
}
