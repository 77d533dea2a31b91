//! What GitHub's search is asked for: public work in repositories that are not the person's own. Both
//! interfaces are asked in the same words.

use intake::github::{ContributionKind, Part, User};

/// A question to the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// Changes that were taken.
    Merged,
    /// Changes of others that the person reviewed.
    Reviewed,
    /// Issues of theirs that were settled.
    Closed,
}

impl Search {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Merged, Self::Reviewed, Self::Closed];

    /// The question.
    pub(super) fn words(self, login: &str) -> String {
        match self {
            Self::Merged => format!("author:{login} type:pr is:merged is:public -user:{login}"),
            Self::Reviewed => {
                format!("reviewed-by:{login} -author:{login} type:pr is:public -user:{login}")
            }
            Self::Closed => {
                format!("author:{login} type:issue is:closed is:public -user:{login}")
            }
        }
    }

    /// Where a person finds the same.
    pub(super) fn html_url(self, user: &User) -> String {
        let home = user
            .html_url
            .strip_suffix(&user.login)
            .unwrap_or("https://github.com/");
        let words = self.words(&user.login);
        let words: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let kind = if self == Self::Closed {
            "issues"
        } else {
            "pullrequests"
        };
        format!("{home}search?q={words}&type={kind}")
    }

    /// What it finds.
    pub(super) fn kind(self) -> ContributionKind {
        match self {
            Self::Merged => ContributionKind::MergedPullRequest,
            Self::Reviewed => ContributionKind::ReviewedPullRequest,
            Self::Closed => ContributionKind::ClosedIssue,
        }
    }

    /// What is missing without it.
    pub(super) fn part(self) -> Part {
        match self {
            Self::Merged => Part::PullRequests,
            Self::Reviewed => Part::Reviews,
            Self::Closed => Part::Issues,
        }
    }

    /// Pages of a hundred that are read: all that search gives of changes, of the rest the newest.
    pub(super) fn pages(self) -> u32 {
        if self == Self::Merged { 4 } else { 1 }
    }
}
