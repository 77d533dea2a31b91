//! From the address of a posting on a known board to the public address that answers with the
//! same posting as data.

use career::PostingUrl;
use serde::{Deserialize, Serialize};

/// A board whose postings can be read as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumIter, Serialize, Deserialize)]
pub enum Board {
    /// `boards.greenhouse.io`.
    Greenhouse,
    /// `jobs.lever.co`.
    Lever,
    /// `jobs.ashbyhq.com`.
    Ashby,
    /// `apply.workable.com`.
    Workable,
    /// `jobs.smartrecruiters.com`.
    SmartRecruiters,
    /// `*.recruitee.com`.
    Recruitee,
    /// `*.jobs.personio.de`.
    Personio,
    /// `*.teamtailor.com`.
    Teamtailor,
    /// `*.myworkdayjobs.com`.
    Workday,
    /// `*.oraclecloud.com`.
    Oracle,
}

/// Where a posting of a board can be read as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardAddress {
    /// Whose answer it will be.
    pub board: Board,
    /// The address that answers with the posting, or with all postings of the employer.
    pub api: String,
    /// The name of the posting in that answer.
    pub posting: String,
    /// The employer's name on the board.
    pub employer: String,
}

/// The parts of an address that matter here.
struct Parts<'a> {
    host: String,
    path: Vec<&'a str>,
    query: &'a str,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Option<Self> {
        PostingUrl::parse(url).ok()?;
        let (_, rest) = url.trim().split_once("://")?;
        let rest = rest.split('#').next()?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.trim_end_matches(":443").trim_end_matches('.');
        Some(Self {
            host: host.to_ascii_lowercase(),
            path: path.split('/').filter(|part| !part.is_empty()).collect(),
            query,
        })
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// The first label of a host below `domain`.
    fn tenant(&self, domain: &str) -> Option<&str> {
        let label = self.host.strip_suffix(domain)?.strip_suffix('.')?;
        (!label.is_empty() && !label.contains('.') && label != "www").then_some(label)
    }
}

/// The public address of a posting's data, for a posting's page on a known board. `None` for any
/// other page, and for pages of a board that are no posting.
pub fn address_of(url: &str) -> Option<BoardAddress> {
    let parts = Parts::of(url)?;
    let (board, api, posting, employer) = greenhouse(&parts)
        .or_else(|| lever(&parts))
        .or_else(|| ashby(&parts))
        .or_else(|| workable(&parts))
        .or_else(|| smart_recruiters(&parts))
        .or_else(|| recruitee(&parts))
        .or_else(|| personio(&parts))
        .or_else(|| teamtailor(&parts))
        .or_else(|| workday(&parts))
        .or_else(|| oracle(&parts))?;
    // What was put together must be an address again, with nothing smuggled into its parts.
    let sound = is_name(posting) && is_name(&employer) && PostingUrl::parse(&api).is_ok();
    sound.then(|| BoardAddress {
        board,
        api,
        posting: posting.to_owned(),
        employer,
    })
}

type Parted<'a> = Option<(Board, String, &'a str, String)>;

/// A part of a path that may stand in another path.
fn is_name(part: &str) -> bool {
    let lower = part.to_ascii_lowercase();
    (1..=300).contains(&part.len())
        && part != "."
        && part != ".."
        // Dots and slashes in disguise climb in paths like plain ones.
        && !lower.contains("%2e")
        && !lower.contains("%2f")
        && !lower.contains("%5c")
        && part
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte))
}

fn greenhouse<'a>(parts: &Parts<'a>) -> Parted<'a> {
    let region = match parts.host.as_str() {
        "boards.greenhouse.io" | "job-boards.greenhouse.io" | "boards-api.greenhouse.io" => "",
        "boards.eu.greenhouse.io" | "job-boards.eu.greenhouse.io" => ".eu",
        _ => return None,
    };
    let (employer, id) = match parts.path.as_slice() {
        ["embed", "job_app", ..] => (parts.parameter("for")?, parts.parameter("token")?),
        ["v1", "boards", employer, "jobs", id, ..] | [employer, "jobs", id, ..] => (*employer, *id),
        [employer, ..] => (*employer, parts.parameter("gh_jid")?),
        _ => return None,
    };
    let api = format!(
        "https://boards-api{region}.greenhouse.io/v1/boards/{employer}/jobs/{id}?pay_transparency=true"
    );
    is_number(id).then(|| (Board::Greenhouse, api, id, employer.to_owned()))
}

fn lever<'a>(parts: &Parts<'a>) -> Parted<'a> {
    let api = match parts.host.as_str() {
        "jobs.lever.co" => "api.lever.co",
        "jobs.eu.lever.co" => "api.eu.lever.co",
        _ => return None,
    };
    let [employer, id, ..] = parts.path.as_slice() else {
        return None;
    };
    let api = format!("https://{api}/v0/postings/{employer}/{id}?mode=json");
    is_uuid(id).then(|| (Board::Lever, api, *id, (*employer).to_owned()))
}

fn ashby<'a>(parts: &Parts<'a>) -> Parted<'a> {
    let [employer, id, ..] = parts.path.as_slice() else {
        return None;
    };
    let api = format!(
        "https://api.ashbyhq.com/posting-api/job-board/{employer}?includeCompensation=true"
    );
    (parts.host == "jobs.ashbyhq.com" && is_uuid(id))
        .then(|| (Board::Ashby, api, *id, (*employer).to_owned()))
}

fn workable<'a>(parts: &Parts<'a>) -> Parted<'a> {
    let tenant = parts.tenant("workable.com");
    let (employer, code) = match (tenant?, parts.path.as_slice()) {
        ("apply", [employer, "j", code, ..]) => (*employer, *code),
        ("apply", _) => return None,
        (employer, ["j" | "jobs", code, ..]) => (employer, *code),
        _ => return None,
    };
    let fits = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let api = format!("https://apply.workable.com/api/v1/widget/accounts/{employer}?details=true");
    fits.then(|| (Board::Workable, api, code, employer.to_owned()))
}

fn smart_recruiters<'a>(parts: &Parts<'a>) -> Parted<'a> {
    if !matches!(
        parts.host.as_str(),
        "jobs.smartrecruiters.com" | "careers.smartrecruiters.com"
    ) {
        return None;
    }
    let [employer, slug, ..] = parts.path.as_slice() else {
        return None;
    };
    let id = slug.split('-').next().filter(|id| is_number(id))?;
    let api = format!("https://api.smartrecruiters.com/v1/companies/{employer}/postings/{id}");
    Some((Board::SmartRecruiters, api, id, (*employer).to_owned()))
}

fn recruitee<'a>(parts: &Parts<'a>) -> Parted<'a> {
    let employer = parts.tenant("recruitee.com")?;
    let slug = after(&parts.path, "o")?;
    let api = format!("https://{employer}.recruitee.com/api/offers/{slug}");
    Some((Board::Recruitee, api, slug, employer.to_owned()))
}

fn personio<'a>(parts: &Parts<'a>) -> Parted<'a> {
    let domain = ["jobs.personio.de", "jobs.personio.com"]
        .into_iter()
        .find(|domain| parts.tenant(domain).is_some())?;
    let employer = parts.tenant(domain)?;
    let id = after(&parts.path, "job").filter(|id| is_number(id))?;
    let language = parts
        .parameter("language")
        .filter(|tag| tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .map(|tag| format!("?language={tag}"))
        .unwrap_or_default();
    let api = format!("https://{employer}.{domain}/xml{language}");
    Some((Board::Personio, api, id, employer.to_owned()))
}

fn teamtailor<'a>(parts: &Parts<'a>) -> Parted<'a> {
    let employer = parts.tenant("teamtailor.com")?;
    let id = after(&parts.path, "jobs")?.split('-').next()?;
    let api = format!("https://{employer}.teamtailor.com/jobs.json");
    is_number(id).then(|| (Board::Teamtailor, api, id, employer.to_owned()))
}

/// `TENANT.wdN.myworkdayjobs.com/[LOCALE/]SITE/job/PLACE/TITLE_ID`, or the same below
/// `wdN.myworkdaysite.com/[LOCALE/]recruiting/TENANT/`.
fn workday<'a>(parts: &Parts<'a>) -> Parted<'a> {
    let at = parts
        .path
        .iter()
        .position(|part| *part == "job" || *part == "details")?;
    let (tenant, site) = if let Some(rest) = parts.host.strip_suffix(".myworkdayjobs.com") {
        let (tenant, data_center) = rest.split_once('.')?;
        (data_center.starts_with("wd") && is_name(tenant)).then_some(())?;
        (tenant.to_owned(), *parts.path.get(at.checked_sub(1)?)?)
    } else if parts.host.ends_with(".myworkdaysite.com") {
        let tenant = *parts.path.get(at.checked_sub(2)?)?;
        (tenant.to_owned(), *parts.path.get(at - 1)?)
    } else {
        return None;
    };
    let rest = &parts.path[at + 1..];
    let last = rest.last()?;
    let sound = is_name(site) && rest.len() <= 4 && rest.iter().all(|part| is_name(part));
    let id = last.rsplit('_').next()?;
    let api = format!(
        "https://{}/wday/cxs/{tenant}/{site}/job/{}",
        parts.host,
        rest.join("/")
    );
    sound.then_some((Board::Workday, api, id, tenant))
}

fn oracle<'a>(parts: &Parts<'a>) -> Parted<'a> {
    if !parts.host.ends_with(".oraclecloud.com") {
        return None;
    }
    let site = after(&parts.path, "sites")?;
    let id = after(&parts.path, "job").filter(|id| is_number(id))?;
    let api = format!(
        "https://{}/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?expand=all&onlyData=true&finder=ById;Id=%22{id}%22,siteNumber={site}",
        parts.host
    );
    is_name(site).then(|| (Board::Oracle, api, id, site.to_owned()))
}

/// The part of a path that follows a name.
fn after<'a>(path: &[&'a str], name: &str) -> Option<&'a str> {
    let at = path.iter().position(|part| *part == name)?;
    path.get(at + 1).copied()
}

fn is_number(id: &str) -> bool {
    (1..=20).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "a24ec4e5-5caa-473d-abd4-b71f09a8167b";

    #[test]
    fn postings_of_every_board_have_an_address_for_their_data() {
        for (url, api, posting) in [
            (
                "https://boards.greenhouse.io/vaulttec/jobs/127817?gh_src=x#app",
                "https://boards-api.greenhouse.io/v1/boards/vaulttec/jobs/127817?pay_transparency=true",
                "127817",
            ),
            (
                "https://job-boards.eu.greenhouse.io/acme/jobs/42",
                "https://boards-api.eu.greenhouse.io/v1/boards/acme/jobs/42?pay_transparency=true",
                "42",
            ),
            (
                "https://boards.greenhouse.io/embed/job_app?for=acme&token=42",
                "https://boards-api.greenhouse.io/v1/boards/acme/jobs/42?pay_transparency=true",
                "42",
            ),
            (
                "https://jobs.lever.co/acme/a24ec4e5-5caa-473d-abd4-b71f09a8167b/apply",
                "https://api.lever.co/v0/postings/acme/a24ec4e5-5caa-473d-abd4-b71f09a8167b?mode=json",
                UUID,
            ),
            (
                "https://jobs.ashbyhq.com/Acme%20Co/a24ec4e5-5caa-473d-abd4-b71f09a8167b",
                "https://api.ashbyhq.com/posting-api/job-board/Acme%20Co?includeCompensation=true",
                UUID,
            ),
            (
                "https://apply.workable.com/acme/j/DD136DD7E7/",
                "https://apply.workable.com/api/v1/widget/accounts/acme?details=true",
                "DD136DD7E7",
            ),
            (
                "https://jobs.smartrecruiters.com/Acme/743999671674844-baker?x=1",
                "https://api.smartrecruiters.com/v1/companies/Acme/postings/743999671674844",
                "743999671674844",
            ),
            (
                "https://acme.recruitee.com/l/en/o/baker-berlin",
                "https://acme.recruitee.com/api/offers/baker-berlin",
                "baker-berlin",
            ),
            (
                "https://acme.jobs.personio.de/job/1834171?language=en",
                "https://acme.jobs.personio.de/xml?language=en",
                "1834171",
            ),
            (
                "https://career.teamtailor.com/jobs/7167985-account-executive",
                "https://career.teamtailor.com/jobs.json",
                "7167985",
            ),
            (
                "https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/Illinois---Chicago/Baker_JR332446",
                "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/job/Illinois---Chicago/Baker_JR332446",
                "JR332446",
            ),
            (
                "https://wd1.myworkdaysite.com/en-US/recruiting/acme/Careers/job/Rome/Baker_R1",
                "https://wd1.myworkdaysite.com/wday/cxs/acme/Careers/job/Rome/Baker_R1",
                "R1",
            ),
            (
                "https://abc.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/2026001760",
                "https://abc.fa.us2.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?expand=all&onlyData=true&finder=ById;Id=%222026001760%22,siteNumber=CX_1",
                "2026001760",
            ),
        ] {
            let address = address_of(url).unwrap_or_else(|| panic!("{url}"));
            assert_eq!(address.api, api, "{url}");
            assert_eq!(address.posting, posting, "{url}");
        }
    }

    #[test]
    fn other_pages_and_names_that_smuggle_have_none() {
        for url in [
            "https://example.org/jobs/42",
            "https://jobs.lever.co/acme",
            "https://jobs.lever.co/acme/not-a-uuid",
            "https://boards.greenhouse.io/acme",
            "https://boards.greenhouse.io/../jobs/42",
            "https://boards.greenhouse.io/%2E%2e/jobs/42",
            "https://boards.greenhouse.io/a@b/jobs/42",
            "https://jobs.lever.co.evil.example/acme/a24ec4e5-5caa-473d-abd4-b71f09a8167b",
            "https://evil.example/jobs.lever.co/acme/a24ec4e5-5caa-473d-abd4-b71f09a8167b",
            "https://a.b.recruitee.com/o/baker",
            "https://acme.recruitee.com/",
            "https://acme.jobs.personio.de/",
            "https://www.teamtailor.com/jobs/1-x",
            "https://acme.wd5.myworkdayjobs.com/Careers",
            "https://acme.wd5.myworkdayjobs.com/Careers/job/../../x",
            "https://jobs.smartrecruiters.com/Acme",
            "file:///etc/passwd",
            "",
        ] {
            assert_eq!(address_of(url), None, "{url}");
        }
    }
}
