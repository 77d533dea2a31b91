//! The walk over the REST interface, which needs no token: what matters most first, since without
//! one there are sixty requests an hour.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use intake::github::{
    Account, Contribution, ContributionKind, FORMAT, Organization, Part, Readme, Release,
    Repository, SocialAccount, Total, User,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::GitHubError;
use super::search::Search;
use super::session::{Need, Session};
use super::{MAX_README_BYTES, MAX_REPOSITORIES};

/// Repositories of which everything is asked for first.
const FIRST: usize = 10;
/// Repositories whose README is asked for at most.
const MAX_READMES: usize = 80;
/// Repositories of one's own whose releases are asked for.
const MAX_RELEASES: usize = 5;
/// Repositories of others that are asked about.
const MAX_CONTRIBUTED_TO: usize = 6;

/// Reads an account.
pub(super) async fn read(session: &Session<'_>, name: &str) -> Result<Account, GitHubError> {
    let (user, _) = session.rest(&format!("/users/{name}"), Need::Must).await?;
    let user: User = typed(user).ok_or(GitHubError::Garbled)?;
    let mut account = Account {
        format: FORMAT,
        user,
        ..Account::default()
    };
    repositories(session, &mut account).await?;
    let order = by_interest(&account);
    let (first, rest) = order.split_at(order.len().min(FIRST));
    found(session, &mut account, Search::Merged).await;
    languages(session, &mut account, first).await;
    readmes(session, &mut account, first).await;
    about(session, &mut account).await;
    found(session, &mut account, Search::Reviewed).await;
    found(session, &mut account, Search::Closed).await;
    contributed_to(session, &mut account).await;
    languages(session, &mut account, rest).await;
    events(session, &mut account).await;
    releases(session, &mut account, first).await;
    readmes(session, &mut account, rest).await;
    if session.has_plenty() {
        // What copies say of themselves is worth a request only where there are many.
        let forks = |number: &usize| account.repositories[*number].fork;
        let forks: Vec<usize> = (0..account.repositories.len()).filter(forks).collect();
        readmes(session, &mut account, &forks).await;
    }
    Ok(account)
}

/// All pages of the list of repositories. Its `Link` header only says whether there is another:
/// ours with the next number is the same page, and cannot lead elsewhere.
async fn repositories(session: &Session<'_>, account: &mut Account) -> Result<(), GitHubError> {
    let login = account.user.login.clone();
    let mut list = format!("/users/{login}/repos?per_page=100&sort=pushed");
    let first = match session.rest(&list, Need::Must).await {
        // Whoever answers with recordings may know no other size than GitHub's own.
        Err(GitHubError::NotFound) => {
            list = format!("/users/{login}/repos?per_page=30&sort=pushed");
            session.rest(&list, Need::Must).await
        }
        first => first,
    };
    let (mut items, mut more) = first?;
    let mut page = 1;
    loop {
        let Value::Array(some) = items else {
            return Err(GitHubError::Garbled);
        };
        let empty = some.is_empty();
        account
            .repositories
            .extend(some.into_iter().filter_map(repository));
        if empty || !more {
            break;
        }
        if account.repositories.len() >= MAX_REPOSITORIES {
            session.leave_out(Part::Repositories, None);
            break;
        }
        page += 1;
        let next = session
            .rest(&format!("{list}&page={page}"), Need::May)
            .await;
        let Some(next) = session.or_leave_out(Part::Repositories, next) else {
            break;
        };
        (items, more) = next;
    }
    Ok(())
}

/// A repository, unless it is nobody's business.
fn repository(value: Value) -> Option<Repository> {
    let repository: Repository = typed(value)?;
    (!repository.private).then_some(repository)
}

/// Own repositories that are no copies: the best known and the most recent ones in turn.
fn by_interest(account: &Account) -> Vec<usize> {
    let repositories = &account.repositories;
    let own: Vec<usize> = (0..repositories.len())
        .filter(|at| !repositories[*at].fork)
        .collect();
    let mut known = own.clone();
    known.sort_by_key(|at| std::cmp::Reverse(repositories[*at].stargazers_count));
    let mut recent = own;
    recent.sort_by(|one, other| {
        repositories[*other]
            .pushed_at
            .cmp(&repositories[*one].pushed_at)
    });
    let mut order = Vec::with_capacity(known.len());
    for both in known.into_iter().zip(recent) {
        for at in [both.0, both.1] {
            if !order.contains(&at) {
                order.push(at);
            }
        }
    }
    order
}

async fn languages(session: &Session<'_>, account: &mut Account, which: &[usize]) {
    let paths = paths(account, which, "languages");
    let answers = session.several(&paths).await;
    for (at, answer) in which.iter().zip(answers) {
        let sizes = session
            .or_leave_out(Part::Languages, answer)
            .and_then(typed);
        account.repositories[*at].languages = sizes;
    }
}

/// READMEs of those repositories of which it is not known yet.
pub(super) async fn readmes(session: &Session<'_>, account: &mut Account, which: &[usize]) {
    let unknown = |at: &usize| account.repositories[*at].readme.is_none();
    let which: Vec<usize> = which
        .iter()
        .copied()
        .filter(unknown)
        .take(MAX_READMES)
        .collect();
    let answers = session.several(&paths(account, &which, "readme")).await;
    for (at, answer) in which.into_iter().zip(answers) {
        account.repositories[at].readme = match answer {
            Err(GitHubError::NotFound) => Some(None),
            // One that cannot be read is there all the same.
            answer => session
                .or_leave_out(Part::Readmes, answer)
                .and_then(|answer| readme(&answer))
                .map(Some),
        };
    }
}

fn paths(account: &Account, which: &[usize], what: &str) -> Vec<String> {
    let name = |at: &usize| &account.repositories[*at].full_name;
    which
        .iter()
        .map(|at| format!("/repos/{}/{what}", name(at)))
        .collect()
}

fn readme(answer: &Value) -> Option<Readme> {
    let packed: String = answer["content"].as_str()?.split_whitespace().collect();
    let bytes = BASE64_STANDARD.decode(packed).ok()?;
    Some(Readme {
        html_url: answer["html_url"].as_str()?.to_owned(),
        sha: answer["sha"].as_str().unwrap_or_default().to_owned(),
        text: beginning(String::from_utf8(bytes).ok()?),
    })
}

/// As much of a README as is read.
pub(super) fn beginning(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MAX_README_BYTES));
    text
}

async fn about(session: &Session<'_>, account: &mut Account) {
    let login = &account.user.login;
    let paths = ["social_accounts", "orgs"].map(|what| format!("/users/{login}/{what}"));
    let answers = session.several(&paths).await;
    for (path, answer) in paths.iter().zip(answers) {
        let Some(answer) = session.or_leave_out(Part::About, answer) else {
            continue;
        };
        if path.ends_with("/orgs") {
            account.organizations = each::<Organization>(answer);
        } else {
            account.social_accounts = each::<SocialAccount>(answer);
        }
    }
}

/// Work in repositories of others, as GitHub's search finds it.
async fn found(session: &Session<'_>, account: &mut Account, search: Search) {
    let words = search.words(&account.user.login);
    let encoded: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
    for page in 1..=search.pages() {
        let path = format!("/search/issues?q={encoded}&per_page=100&sort=updated&page={page}");
        let answer = session.rest(&path, Need::May).await;
        let Some((answer, more)) = session.or_leave_out(search.part(), answer) else {
            return;
        };
        if let Some(total_count) = answer["total_count"].as_u64().filter(|count| *count > 0) {
            let html_url = search.html_url(&account.user);
            account.totals.insert(
                search.kind(),
                Total {
                    total_count,
                    html_url,
                },
            );
        }
        let items = answer["items"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        account
            .contributions
            .extend(items.iter().filter_map(|item| contribution(item, search)));
        if !more {
            return;
        }
    }
}

fn contribution(item: &Value, search: Search) -> Option<Contribution> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Some(Contribution {
        kind: search.kind(),
        title: text(&item["title"])?,
        html_url: text(&item["html_url"])?,
        author_association: text(&item["author_association"]),
        at: text(&item["pull_request"]["merged_at"]).or_else(|| text(&item["closed_at"])),
        revision: None,
    })
}

/// What the repositories are in which most was done.
async fn contributed_to(session: &Session<'_>, account: &mut Account) {
    let mut names: Vec<(usize, &str)> = Vec::new();
    let merged = |made: &&Contribution| made.kind == ContributionKind::MergedPullRequest;
    for name in account
        .contributions
        .iter()
        .filter(merged)
        .filter_map(Contribution::repository)
    {
        match names.iter_mut().find(|(_, known)| *known == name) {
            Some((count, _)) => *count += 1,
            None => names.push((1, name)),
        }
    }
    names.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let names = names.into_iter().take(MAX_CONTRIBUTED_TO);
    let paths: Vec<String> = names.map(|(_, name)| format!("/repos/{name}")).collect();
    for answer in session.several(&paths).await {
        let known = session.or_leave_out(Part::ContributedTo, answer);
        account.contributed_to.extend(known.and_then(repository));
    }
}

/// Releases the person published in repositories of others, out of their latest public events.
pub(super) async fn events(session: &Session<'_>, account: &mut Account) {
    let login = &account.user.login;
    let path = format!("/users/{login}/events/public?per_page=100");
    let answer = session.rest(&path, Need::May).await;
    let Some((answer, _)) = session.or_leave_out(Part::Releases, answer) else {
        return;
    };
    let events = answer.as_array().map(Vec::as_slice).unwrap_or_default();
    let published = events
        .iter()
        .filter(|event| event["type"] == "ReleaseEvent");
    let releases = published.filter_map(|event| {
        let release: Release = typed(event["payload"]["release"].clone())?;
        Some(Contribution {
            kind: ContributionKind::Release,
            title: release
                .name
                .filter(|name| !name.trim().is_empty())
                .unwrap_or(release.tag_name),
            html_url: release.html_url,
            at: release.published_at,
            ..Contribution::default()
        })
    });
    account.contributions.extend(releases);
}

/// Releases of the best-known repositories of one's own.
async fn releases(session: &Session<'_>, account: &mut Account, which: &[usize]) {
    let starred = |at: &usize| account.repositories[*at].stargazers_count > 0;
    let which: Vec<usize> = which
        .iter()
        .copied()
        .filter(starred)
        .take(MAX_RELEASES)
        .collect();
    let answers = session
        .several(&paths(account, &which, "releases?per_page=10"))
        .await;
    for (at, answer) in which.into_iter().zip(answers) {
        let Some(Value::Array(mut all)) = session.or_leave_out(Part::Releases, answer) else {
            continue;
        };
        all.retain(|release| release["draft"] != true);
        account.repositories[at].releases = each(Value::Array(all));
    }
}

fn typed<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// The items of a list; one that is not as it should be is left out alone.
fn each<T: DeserializeOwned>(list: Value) -> Vec<T> {
    let Value::Array(items) = list else {
        return Vec::new();
    };
    items.into_iter().filter_map(typed).collect()
}
