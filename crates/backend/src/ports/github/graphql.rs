//! The walk over the GraphQL interface, which needs a token: the same record in far fewer requests,
//! and the commits that changes became.

use std::collections::BTreeMap;

use intake::github::{
    Account, Contribution, ContributionKind, FORMAT, Organization, Part, Readme, Release,
    Repository, SocialAccount, Total, User,
};
use serde_json::{Value, json};

use super::error::GitHubError;
use super::rest::{self, beginning};
use super::search::Search;
use super::session::{Need, Session};
use super::{MAX_CONTRIBUTIONS, MAX_REPOSITORIES};

const ACCOUNT: &str = include_str!("account.graphql");
const WORK: &str = include_str!("work.graphql");

/// The names under which READMEs are looked for, in the order of the query.
const READMES: [&str; 4] = ["README.md", "readme.md", "README.rst", "README"];

/// Reads an account.
pub(super) async fn read(session: &Session<'_>, name: &str) -> Result<Account, GitHubError> {
    let mut after = Value::Null;
    let mut account: Option<Account> = None;
    loop {
        let question = json!({
            "query": ACCOUNT,
            "variables": { "login": name, "after": after },
        });
        let need = if account.is_none() {
            Need::Must
        } else {
            Need::May
        };
        let got = session.graph(&question, need).await;
        let answer = match &account {
            None => got?,
            Some(_) => match session.or_leave_out(Part::Repositories, got) {
                Some(answer) => answer,
                None => break,
            },
        };
        if answer.get("errors").is_some() {
            session.leave_out(Part::Repositories, None);
        }
        let user = &answer["data"]["user"];
        if user.is_null() {
            return Err(GitHubError::NotFound);
        }
        let list = &user["repositories"];
        let known = account.get_or_insert(person(user).ok_or(GitHubError::Garbled)?);
        known
            .repositories
            .extend(nodes(list).filter_map(repository));
        after = next(list);
        if after.is_null() {
            break;
        }
        if known.repositories.len() >= MAX_REPOSITORIES {
            session.leave_out(Part::Repositories, None);
            break;
        }
    }
    let mut account = account.ok_or(GitHubError::Garbled)?;
    for search in Search::ALL {
        found(session, &mut account, search).await;
    }
    // A README may have any name: the REST interface knows them all.
    let all: Vec<usize> = (0..account.repositories.len()).collect();
    rest::readmes(session, &mut account, &all).await;
    rest::events(session, &mut account).await;
    Ok(account)
}

fn nodes(connection: &Value) -> impl Iterator<Item = &Value> {
    let nodes = connection["nodes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    nodes.iter().filter(|node| !node.is_null())
}

/// Where the next page begins; `null` behind the last.
fn next(connection: &Value) -> Value {
    let page = &connection["pageInfo"];
    if page["hasNextPage"] == true {
        page["endCursor"].clone()
    } else {
        Value::Null
    }
}

/// Words; GraphQL has empty ones where the REST interface has none.
fn text(value: &Value) -> Option<String> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn person(user: &Value) -> Option<Account> {
    let years = user["contributionsCollection"]["contributionYears"].as_array();
    let years = years.into_iter().flatten().filter_map(Value::as_u64);
    Some(Account {
        format: FORMAT,
        user: User {
            login: text(&user["login"])?,
            html_url: text(&user["url"])?,
            name: text(&user["name"]),
            bio: text(&user["bio"]),
            company: text(&user["company"]),
            location: text(&user["location"]),
            email: text(&user["email"]),
            blog: text(&user["websiteUrl"]),
            created_at: text(&user["createdAt"]),
            public_repos: user["repositories"]["totalCount"].as_u64(),
        },
        social_accounts: nodes(&user["socialAccounts"])
            .filter_map(|node| {
                Some(SocialAccount {
                    provider: text(&node["provider"]).unwrap_or_default().to_lowercase(),
                    url: text(&node["url"])?,
                })
            })
            .collect(),
        organizations: nodes(&user["organizations"])
            .filter_map(|node| {
                Some(Organization {
                    login: text(&node["login"])?,
                })
            })
            .collect(),
        contribution_years: years.filter_map(|year| u16::try_from(year).ok()).collect(),
        ..Account::default()
    })
}

/// What is asked of own repositories and those of others.
fn known(node: &Value) -> Option<Repository> {
    if node["isPrivate"] == true {
        return None;
    }
    Some(Repository {
        name: text(&node["name"])?,
        full_name: text(&node["nameWithOwner"])?,
        html_url: text(&node["url"])?,
        description: text(&node["description"]),
        stargazers_count: node["stargazerCount"].as_u64().unwrap_or(0),
        language: text(&node["primaryLanguage"]["name"]),
        topics: nodes(&node["repositoryTopics"])
            .filter_map(|node| text(&node["topic"]["name"]))
            .collect(),
        ..Repository::default()
    })
}

fn repository(node: &Value) -> Option<Repository> {
    let languages: Option<BTreeMap<String, u64>> =
        node["languages"]["edges"].as_array().map(|edges| {
            let size = |edge: &Value| Some((text(&edge["node"]["name"])?, edge["size"].as_u64()?));
            edges.iter().filter_map(size).collect()
        });
    let releases = nodes(&node["releases"]).filter(|release| release["isDraft"] != true);
    Some(Repository {
        homepage: text(&node["homepageUrl"]),
        fork: node["isFork"] == true,
        archived: node["isArchived"] == true,
        forks_count: node["forks"].as_u64().unwrap_or(0),
        created_at: text(&node["createdAt"]),
        pushed_at: text(&node["pushedAt"]),
        languages,
        readme: readme(node),
        releases: releases
            .filter_map(|release| {
                Some(Release {
                    tag_name: text(&release["tagName"])?,
                    name: text(&release["name"]),
                    html_url: text(&release["url"])?,
                    published_at: text(&release["publishedAt"]),
                })
            })
            .collect(),
        ..known(node)?
    })
}

/// The README, none where there is nothing at all, unknown where it may have another name.
#[expect(
    clippy::option_option,
    reason = "none at all and none that is known are different things, as in the record"
)]
fn readme(node: &Value) -> Option<Option<Readme>> {
    if node["isEmpty"] == true {
        return Some(None);
    }
    let (url, branch) = (
        text(&node["url"])?,
        text(&node["defaultBranchRef"]["name"])?,
    );
    READMES.iter().enumerate().find_map(|(number, name)| {
        let blob = &node[format!("readme{number}")];
        Some(Some(Readme {
            html_url: format!("{url}/blob/{branch}/{name}"),
            sha: text(&blob["oid"])?,
            text: beginning(text(&blob["text"])?),
        }))
    })
}

async fn found(session: &Session<'_>, account: &mut Account, search: Search) {
    let mut after = Value::Null;
    let mut count = 0;
    loop {
        let question = json!({
            "query": WORK,
            "variables": { "words": search.words(&account.user.login), "after": after },
        });
        let got = session.graph(&question, Need::May).await;
        let Some(answer) = session.or_leave_out(search.part(), got) else {
            return;
        };
        if answer.get("errors").is_some() {
            session.leave_out(search.part(), None);
        }
        let list = &answer["data"]["search"];
        if let Some(total_count) = list["issueCount"].as_u64().filter(|count| *count > 0) {
            let html_url = search.html_url(&account.user);
            account.totals.insert(
                search.kind(),
                Total {
                    total_count,
                    html_url,
                },
            );
        }
        for node in nodes(list) {
            count += 1;
            contribution(node, search, account);
        }
        after = next(list);
        let enough = search != Search::Merged || count >= MAX_CONTRIBUTIONS;
        if after.is_null() || enough {
            return;
        }
    }
}

fn contribution(node: &Value, search: Search, account: &mut Account) {
    let (Some(title), Some(html_url)) = (text(&node["title"]), text(&node["url"])) else {
        return;
    };
    if node["repository"]["isPrivate"] == true {
        return;
    }
    account.contributions.push(Contribution {
        kind: search.kind(),
        title,
        html_url,
        author_association: text(&node["authorAssociation"]),
        at: text(&node["mergedAt"]).or_else(|| text(&node["closedAt"])),
        revision: text(&node["mergeCommit"]["oid"]),
    });
    if search.kind() == ContributionKind::MergedPullRequest
        && let Some(repository) = known(&node["repository"])
        && !account
            .contributed_to
            .iter()
            .any(|known| known.html_url == repository.html_url)
    {
        account.contributed_to.push(repository);
    }
}
