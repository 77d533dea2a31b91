//! Systems that run an employer's own career site: Teamtailor, Workday, Oracle Recruiting.

use career::text::clean;
use serde_json::Value;

use super::super::{Found, jsonld, salary};
use super::fields::{Parts, at, date, join, joined, line, link, remote_of};
use super::{Answer, Item, items_of};

/// Reads an answer; `None` when it is none of these systems'.
pub(super) fn parse(value: &Value) -> Option<Answer> {
    let answer = |items: Vec<Item>| Answer {
        items,
        search: false,
    };
    let is_feed = value["version"]
        .as_str()
        .is_some_and(|version| version.starts_with("https://jsonfeed.org/"));
    if is_feed && value["items"].is_array() {
        let employer = line(value, "title");
        let items = items_of(&value["items"], |item| {
            teamtailor(item, employer.as_deref())
        });
        return Some(answer(items));
    }
    if value["jobPostingInfo"].is_object() {
        return Some(answer(vec![workday(value)]));
    }
    let searched =
        value["jobPostings"].is_array() || value["items"][0]["requisitionList"].is_array();
    if searched {
        return Some(Answer {
            items: Vec::new(),
            search: true,
        });
    }
    let is_oracle = |item: &Value| item.get("ExternalDescriptionStr").is_some();
    if is_oracle(value) {
        return Some(answer(vec![oracle(value)]));
    }
    is_oracle(&value["items"][0]).then(|| answer(items_of(&value["items"], oracle)))
}

/// A feed whose entries carry a schema.org posting.
fn teamtailor(item: &Value, employer: Option<&str>) -> Item {
    let posting = &item["_jobposting"];
    let mut found = posting.as_object().map(jsonld::read).unwrap_or_default();
    let mut parts = Parts {
        text: std::mem::take(&mut found.text),
        hidden: std::mem::take(&mut found.hidden),
    };
    parts.add(None, &item["content_html"]);
    if parts.text.is_empty() {
        parts.add(None, &item["content_text"]);
    }
    // `…/jobs/7167985-account-executive` is the posting 7167985.
    let number = line(item, "url").and_then(|url| {
        let last = url.rsplit_once("/jobs/")?.1;
        let number = last.split(['-', '?', '/', '#']).next()?;
        (!number.is_empty()).then(|| number.to_owned())
    });
    let identifier = match &posting["identifier"]["value"] {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    };
    let id = item["id"].as_str().map(str::to_owned);
    Item {
        names: [number, identifier, id].into_iter().flatten().collect(),
        found: Found {
            text: parts.text,
            hidden: parts.hidden,
            title: found.title.or_else(|| line(item, "title")),
            company: found.company.or_else(|| employer.map(clean)),
            date_posted: found.date_posted.or_else(|| date(item, "date_published")),
            apply_url: link(item, "url"),
            language: found.language.or_else(|| line(item, "language")),
            ..found
        },
    }
}

fn workday(value: &Value) -> Item {
    let info = &value["jobPostingInfo"];
    let mut parts = Parts::default();
    parts.add(None, &info["jobDescription"]);
    let more = info["additionalLocations"].as_array().into_iter().flatten();
    let places = line(info, "location")
        .into_iter()
        .chain(more.filter_map(|place| jsonld::line(Some(place))));
    let names = ["jobReqId", "id", "jobPostingId"];
    let from_url =
        line(info, "externalUrl").and_then(|url| url.rsplit('_').next().map(str::to_owned));
    Item {
        names: names
            .iter()
            .filter_map(|key| line(info, key))
            .chain(from_url)
            .collect(),
        found: Found {
            text: parts.text,
            hidden: parts.hidden,
            title: line(info, "title"),
            company: line(value, "hiringOrganization.name"),
            location: join(places, "; "),
            remote: line(info, "remoteType").and_then(|word| remote_of(&word)),
            employment_type: line(info, "timeType"),
            date_posted: date(info, "startDate"),
            valid_through: date(info, "endDate"),
            apply_url: link(info, "externalUrl"),
            ..Found::default()
        },
    }
}

fn oracle(item: &Value) -> Item {
    let mut parts = Parts::default();
    parts.add(None, &item["ExternalDescriptionStr"]);
    parts.add(
        Some("Responsibilities"),
        &item["ExternalResponsibilitiesStr"],
    );
    parts.add(Some("Qualifications"), &item["ExternalQualificationsStr"]);
    if parts.text.is_empty() {
        parts.add(None, &item["ShortDescriptionStr"]);
    }
    parts.add(Some("About us"), &item["CorporateDescriptionStr"]);
    let id = match at(item, "Id") {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    };
    Item {
        names: id.into_iter().collect(),
        found: Found {
            text: parts.text,
            hidden: parts.hidden,
            title: line(item, "Title"),
            company: line(item, "LegalEmployer").or_else(|| line(item, "Organization")),
            location: line(item, "PrimaryLocation")
                .or_else(|| joined(item, &["PrimaryLocationCountry"])),
            remote: line(item, "WorkplaceType").and_then(|word| remote_of(&word)),
            salary: salary::of_json(&item["Salary"]),
            employment_type: line(item, "JobSchedule").or_else(|| line(item, "WorkerType")),
            date_posted: date(item, "ExternalPostedStartDate"),
            valid_through: date(item, "ExternalPostedEndDate"),
            apply_url: link(item, "ExternalURL"),
            ..Found::default()
        },
    }
}
