//! Boards that host the postings of many employers: Greenhouse, Lever, Ashby, Workable,
//! SmartRecruiters, Recruitee. Which one an answer is from follows from the keys it has.

use career::{PayUnit, Salary};
use serde_json::Value;

use super::super::{Found, salary};
use super::fields::{Parts, at, date, join, joined, line, link, remote_of, spelled_out};
use super::{Answer, Item, items_of};

/// Reads an answer; `None` when it is none of these boards'.
pub(super) fn parse(value: &Value) -> Option<Answer> {
    let list = |list: &Value, read: fn(&Value) -> Item| Answer {
        items: items_of(list, read),
        search: false,
    };
    let one = |read: fn(&Value) -> Item| Answer {
        items: vec![read(value)],
        search: false,
    };
    let first_has = |list: &Value, keys: &[&str]| {
        list.get(0)
            .is_some_and(|first| keys.iter().all(|key| first.get(*key).is_some()))
    };
    let has = |keys: &[&str]| keys.iter().all(|key| value.get(*key).is_some());
    let jobs = &value["jobs"];
    if value.is_array() {
        return first_has(value, &["text", "categories", "hostedUrl"]).then(|| list(value, lever));
    }
    if first_has(jobs, &["absolute_url", "title"]) {
        return Some(list(jobs, greenhouse));
    }
    if first_has(jobs, &["jobUrl", "title"]) {
        return Some(list(jobs, ashby));
    }
    if first_has(jobs, &["shortcode", "title"]) {
        return Some(workable_list(value));
    }
    if first_has(&value["content"], &["name", "releasedDate"]) {
        return Some(list(&value["content"], smart_recruiters));
    }
    if first_has(&value["offers"], &["careers_url", "title"]) {
        return Some(list(&value["offers"], recruitee));
    }
    if value["offer"].get("careers_url").is_some() {
        return Some(Answer {
            items: vec![recruitee(&value["offer"])],
            search: false,
        });
    }
    if has(&["absolute_url", "title", "location"]) {
        return Some(one(greenhouse));
    }
    if has(&["text", "categories", "hostedUrl"]) {
        return Some(one(lever));
    }
    if has(&["jobUrl", "title"]) {
        return Some(one(ashby));
    }
    if has(&["shortcode", "title"]) {
        return Some(one(workable));
    }
    if has(&["name", "releasedDate", "company"]) {
        return Some(one(smart_recruiters));
    }
    // An employer's board without a single open position is a list all the same.
    let empty = ["jobs", "offers"]
        .iter()
        .any(|key| value[*key].as_array().is_some_and(Vec::is_empty));
    empty.then(|| Answer {
        items: Vec::new(),
        search: true,
    })
}

fn names(item: &Value, keys: &[&str]) -> Vec<String> {
    keys.iter()
        .filter_map(|key| match &item[*key] {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect()
}

fn greenhouse(item: &Value) -> Item {
    let mut parts = Parts::default();
    parts.add(None, &item["content"]);
    let employment = item["metadata"].as_array().and_then(|fields| {
        fields
            .iter()
            .find(|field| {
                line(field, "name").is_some_and(|name| {
                    ["employment type", "time type", "job type"]
                        .contains(&name.to_lowercase().as_str())
                })
            })
            .and_then(|field| line(field, "value"))
    });
    let pay = item["pay_input_ranges"].get(0).map(|range| {
        let cents = |key: &str| {
            let cents = range[key].as_u64()?;
            career::Amount::hundredths(cents)
        };
        Salary {
            min: cents("min_cents"),
            max: cents("max_cents"),
            currency: salary::currency_of(&range["currency_type"]),
            unit: line(range, "title").and_then(|title| PayUnit::parse(&title)),
            raw: None,
        }
    });
    Item {
        names: names(item, &["id", "internal_job_id"]),
        found: Found {
            text: parts.text,
            hidden: parts.hidden,
            title: line(item, "title"),
            company: line(item, "company_name"),
            location: line(item, "location.name"),
            language: line(item, "language"),
            salary: pay.filter(Salary::has_amount),
            employment_type: employment,
            date_posted: date(item, "first_published"),
            valid_through: date(item, "application_deadline"),
            apply_url: link(item, "absolute_url"),
            ..Found::default()
        },
    }
}

fn lever(item: &Value) -> Item {
    let mut parts = Parts::default();
    parts.add(None, &item["description"]);
    if parts.text.is_empty() {
        // What the board calls the opening and the body is the description in two.
        parts.add(None, &item["opening"]);
        parts.add(None, &item["descriptionBody"]);
    }
    for list in item["lists"].as_array().into_iter().flatten().take(50) {
        parts.add(list["text"].as_str(), &list["content"]);
    }
    parts.add(None, &item["additional"]);
    let range = &item["salaryRange"];
    let pay = salary::of_json(range).or_else(|| {
        let words = item["salaryDescriptionPlain"].as_str()?;
        salary::in_text(words)
    });
    let employer = line(item, "hostedUrl").and_then(|url| {
        let path = url.split_once("://")?.1;
        path.split('/').nth(1).map(str::to_owned)
    });
    let company = employer.and_then(|short| spelled_out(&short, &parts.text));
    Item {
        names: names(item, &["id"]),
        found: Found {
            company,
            text: parts.text,
            hidden: parts.hidden,
            title: line(item, "text"),
            location: line(item, "categories.location"),
            remote: line(item, "workplaceType").and_then(|word| remote_of(&word)),
            salary: pay,
            employment_type: line(item, "categories.commitment"),
            date_posted: date(item, "createdAt"),
            apply_url: link(item, "applyUrl").or_else(|| link(item, "hostedUrl")),
            ..Found::default()
        },
    }
}

fn ashby(item: &Value) -> Item {
    let mut parts = Parts::default();
    parts.add(None, &item["descriptionHtml"]);
    if parts.text.is_empty() {
        parts.add(None, &item["descriptionPlain"]);
    }
    let components = item["compensation"]["summaryComponents"].as_array();
    let pay = components.into_iter().flatten().find(|component| {
        component["compensationType"]
            .as_str()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("salary"))
    });
    // The employer's short name is the first part of the posting's address.
    let company = line(item, "jobUrl").and_then(|url| {
        let short = url
            .split_once("://")?
            .1
            .split('/')
            .nth(1)?
            .replace("%20", " ");
        spelled_out(&short, &parts.text)
    });
    let place = line(item, "location").or_else(|| {
        joined(
            at(item, "address.postalAddress"),
            &["addressLocality", "addressRegion", "addressCountry"],
        )
    });
    Item {
        names: names(item, &["id"]),
        found: Found {
            company,
            text: parts.text,
            hidden: parts.hidden,
            title: line(item, "title"),
            location: place,
            remote: line(item, "workplaceType")
                .and_then(|word| remote_of(&word))
                .or_else(|| item["isRemote"].as_bool()),
            salary: pay.and_then(salary::of_json),
            employment_type: line(item, "employmentType"),
            date_posted: date(item, "publishedAt"),
            apply_url: link(item, "applyUrl").or_else(|| link(item, "jobUrl")),
            ..Found::default()
        },
    }
}

/// A posting that is open in several places stands in the list once for each.
fn workable_list(value: &Value) -> Answer {
    let mut items: Vec<Item> = Vec::new();
    for mut item in items_of(&value["jobs"], workable) {
        item.found.company = item.found.company.or_else(|| line(value, "name"));
        match items.iter_mut().find(|known| known.names == item.names) {
            Some(known) => {
                let places = [known.found.location.take(), item.found.location.take()];
                known.found.location = join(places.into_iter().flatten(), "; ");
            }
            None => items.push(item),
        }
    }
    Answer {
        items,
        search: false,
    }
}

fn workable(item: &Value) -> Item {
    let mut parts = Parts::default();
    parts.add(None, &item["description"]);
    parts.add(Some("Requirements"), &item["requirements"]);
    parts.add(Some("Benefits"), &item["benefits"]);
    let location = &item["location"];
    let place = if location.is_object() {
        joined(location, &["city", "region", "country"])
    } else {
        joined(item, &["city", "state", "country"])
    };
    Item {
        names: names(item, &["shortcode"]),
        found: Found {
            text: parts.text,
            hidden: parts.hidden,
            title: line(item, "title"),
            company: line(item, "company"),
            location: place,
            remote: item["telecommuting"]
                .as_bool()
                .or_else(|| line(item, "workplace").and_then(|word| remote_of(&word)))
                .or_else(|| item["remote"].as_bool()),
            language: line(item, "language"),
            salary: salary::of_json(&item["salary"]),
            employment_type: line(item, "employment_type").or_else(|| line(item, "type")),
            date_posted: date(item, "published_on").or_else(|| date(item, "published")),
            apply_url: link(item, "application_url").or_else(|| link(item, "url")),
            ..Found::default()
        },
    }
}

fn smart_recruiters(item: &Value) -> Item {
    let sections = &item["jobAd"]["sections"];
    let mut parts = Parts::default();
    for (key, heading) in [
        ("companyDescription", "Company Description"),
        ("jobDescription", "Job Description"),
        ("qualifications", "Qualifications"),
        ("additionalInformation", "Additional Information"),
    ] {
        let section = &sections[key];
        parts.add(
            section["title"].as_str().or(Some(heading)),
            &section["text"],
        );
    }
    let location = &item["location"];
    let hybrid = location["hybrid"].as_bool() == Some(true);
    Item {
        names: names(item, &["id", "uuid"]),
        found: Found {
            text: parts.text,
            hidden: parts.hidden,
            title: line(item, "name"),
            company: line(item, "company.name"),
            location: line(location, "fullLocation")
                .or_else(|| joined(location, &["city", "region", "country"])),
            remote: location["remote"].as_bool().map(|remote| remote && !hybrid),
            language: line(item, "language.code"),
            salary: salary::of_json(&item["compensation"]),
            employment_type: line(item, "typeOfEmployment.label"),
            date_posted: date(item, "releasedDate"),
            apply_url: link(item, "applyUrl").or_else(|| link(item, "postingUrl")),
            ..Found::default()
        },
    }
}

fn recruitee(item: &Value) -> Item {
    let mut parts = Parts::default();
    parts.add(None, &item["description"]);
    parts.add(Some("Requirements"), &item["requirements"]);
    let language = item["translations"]
        .as_object()
        .filter(|languages| languages.len() == 1)
        .and_then(|languages| languages.keys().next().cloned());
    let elsewhere = ["hybrid", "on_site"]
        .iter()
        .any(|key| item[*key].as_bool() == Some(true));
    Item {
        names: names(item, &["slug", "id", "guid"]),
        found: Found {
            text: parts.text,
            hidden: parts.hidden,
            title: line(item, "title"),
            company: line(item, "company_name"),
            location: line(item, "location").or_else(|| joined(item, &["city", "country"])),
            remote: item["remote"].as_bool().map(|remote| remote && !elsewhere),
            language,
            salary: salary::of_json(&item["salary"]),
            employment_type: line(item, "employment_type_code"),
            date_posted: date(item, "published_at"),
            valid_through: date(item, "close_at"),
            apply_url: link(item, "careers_apply_url").or_else(|| link(item, "careers_url")),
            ..Found::default()
        },
    }
}
