//! Positions, schools and the like against the truth: first which belongs to which, then field by
//! field.

use career::{Entry, PartialDate, SectionKind};
use serde_json::Value;

use super::fold::{address, letters, same};
use super::{Reading, Score, joined, many, one, text};

/// How the truth names the fields of a section.
struct Names {
    section: SectionKind,
    keys: &'static [&'static str],
    title: &'static [&'static str],
    organization: &'static [&'static str],
}

const SECTIONS: [Names; 9] = [
    Names {
        section: SectionKind::Work,
        keys: &["work"],
        title: &["position", "title"],
        organization: &["company", "name"],
    },
    Names {
        section: SectionKind::Volunteer,
        keys: &["volunteer"],
        title: &["position"],
        organization: &["organization", "name"],
    },
    Names {
        section: SectionKind::Education,
        keys: &["education"],
        title: &["studyType", "degree"],
        organization: &["institution", "school"],
    },
    Names {
        section: SectionKind::Projects,
        keys: &["projects"],
        title: &["name", "title"],
        organization: &["entity"],
    },
    Names {
        section: SectionKind::Certificates,
        keys: &["certificates", "certifications"],
        title: &["name"],
        organization: &["issuer", "authority"],
    },
    Names {
        section: SectionKind::Awards,
        keys: &["awards", "honors"],
        title: &["title"],
        organization: &["awarder"],
    },
    Names {
        section: SectionKind::Publications,
        keys: &["publications", "patents"],
        title: &["name", "title"],
        organization: &["publisher"],
    },
    Names {
        section: SectionKind::References,
        keys: &["references"],
        title: &["name"],
        organization: &[],
    },
    Names {
        section: SectionKind::Interests,
        keys: &[],
        title: &[],
        organization: &[],
    },
];

/// All sections of entries.
pub(super) fn all(score: &mut Score, truth: &Value, reading: &Reading<'_>) {
    for names in &SECTIONS {
        let named = SECTIONS.iter().flat_map(|other| {
            let lists = other
                .keys
                .iter()
                .filter_map(|key| truth.get(key)?.as_array());
            lists.flatten().map(move |item| (item, other.section))
        });
        // An entry may say itself under which heading it stands.
        let wanted: Vec<&Value> = named
            .filter(|(item, list)| {
                let own = item.get("section").and_then(Value::as_str);
                own.and_then(crate::pdf::section_of).unwrap_or(*list) == names.section
            })
            .map(|(item, _)| item)
            .collect();
        let judged = names.keys.iter().any(|key| truth.get(key).is_some());
        if !judged && wanted.is_empty() {
            continue;
        }
        let elsewhere = truth
            .get("otherSections")
            .and_then(Value::as_object)
            .is_some_and(|others| others.keys().any(|key| belongs(key, names.section)));
        section(score, names, &wanted, reading, elsewhere);
    }
}

/// Whether a heading of `otherSections` holds entries of a section: what was read there is no
/// invention.
fn belongs(key: &str, section: SectionKind) -> bool {
    let lower = key.to_lowercase();
    let words: &[&str] = match section {
        SectionKind::Publications => &["patent", "talk", "publication"],
        SectionKind::Awards => &["honor", "award"],
        SectionKind::Certificates => &["certif"],
        _ => &[],
    };
    words.iter().any(|word| lower.contains(word))
}

fn section(
    score: &mut Score,
    names: &Names,
    wanted: &[&Value],
    reading: &Reading<'_>,
    elsewhere: bool,
) {
    let mut left: Vec<&Entry> = reading.profile.section(names.section).collect();
    let mut pairs: Vec<(&Value, Option<&Entry>)> = Vec::new();
    for truth in wanted {
        let best = left
            .iter()
            .enumerate()
            .map(|(at, entry)| (likeness(names, truth, entry), at))
            .filter(|(likeness, _)| *likeness > 0)
            .max_by_key(|(likeness, at)| (*likeness, usize::MAX - at));
        pairs.push((truth, best.map(|(_, at)| left.remove(at))));
    }
    let kind = names.section.as_str();
    for (truth, entry) in pairs {
        fields(score, names, truth, entry, reading);
    }
    for entry in left.into_iter().filter(|_| !elsewhere) {
        for field in entry.title.iter().chain(&entry.organization) {
            score.wrong(&format!("{kind}.entry"), &field.text);
        }
    }
}

fn named(truth: &Value, keys: &[&str]) -> (bool, Option<String>) {
    if let Value::String(words) = truth {
        return (true, Some(words.clone()));
    }
    let named = keys.iter().any(|key| truth.get(key).is_some());
    (named, keys.iter().find_map(|key| text(truth.get(key))))
}

fn likeness(names: &Names, truth: &Value, entry: &Entry) -> usize {
    let hit = |keys: &[&str], read: &Option<career::Field>| {
        let (_, wanted) = named(truth, keys);
        match (wanted, read) {
            (Some(wanted), Some(read)) if same(&wanted, &read.text) => 4,
            (Some(wanted), Some(read)) => {
                let (wanted, read) = (letters(&wanted), letters(&read.text));
                usize::from(!read.is_empty() && (wanted.contains(&read) || read.contains(&wanted)))
                    * 2
            }
            _ => 0,
        }
    };
    let date = text(truth.get("startDate")).and_then(|date| PartialDate::parse(&date));
    let read = entry.start.as_ref().and_then(|start| start.date);
    let dated =
        usize::from(date.is_some() && date.map(|date| date.year) == read.map(|date| date.year));
    let crossed = hit(names.title, &entry.organization) + hit(names.organization, &entry.title);
    hit(names.title, &entry.title) * 2
        + hit(names.organization, &entry.organization) * 2
        + crossed
        + dated
}

fn fields(
    score: &mut Score,
    names: &Names,
    truth: &Value,
    entry: Option<&Entry>,
    reading: &Reading<'_>,
) {
    let kind = names.section.as_str();
    let words =
        |field: Option<&career::Field>| field.map_or("", |field| field.text.as_str()).to_owned();
    let read = |pick: fn(&Entry) -> Option<&career::Field>| words(entry.and_then(pick));
    let (is_named, title) = named(truth, names.title);
    let title_read = read(|entry| entry.title.as_ref());
    if names.section == SectionKind::Education {
        // One line on the page, two fields in some truths and one in others.
        let (has_area, area) = named(truth, &["area"]);
        let both = |one: &Option<String>, other: &Option<String>| {
            let parts: Vec<&str> = one.iter().chain(other).map(String::as_str).collect();
            parts.join(" ")
        };
        let area_read = read(|entry| entry.subtitle.as_ref());
        let whole = both(&title, &area);
        let is_whole = letters(&whole) == letters(&format!("{title_read} {area_read}"))
            || title.as_ref().is_some_and(|title| {
                letters(title) == letters(&format!("{title_read} in {area_read}"))
            });
        if is_whole && (title.is_some() || area.is_none()) {
            score.right("education.title");
            let place = entry.and_then(|entry| entry.location.as_ref());
            match area {
                // Some makers keep the place in the field of study's drawer.
                Some(area) if area_read.is_empty() || !same(&area, &area_read) => {
                    let stands = place.is_some_and(|place| same(&area, &place.text))
                        || letters(&whole) == letters(&format!("{title_read} {area_read}"));
                    if stands {
                        score.right("education.area");
                    } else {
                        score.missing("education.area", &area);
                    }
                }
                Some(_) => score.right("education.area"),
                None => {}
            }
        } else {
            one(
                score,
                reading,
                "education.title",
                is_named,
                title.as_deref(),
                &title_read,
                same,
            );
            one(
                score,
                reading,
                "education.area",
                has_area,
                area.as_deref(),
                &area_read,
                same,
            );
        }
    } else {
        one(
            score,
            reading,
            &format!("{kind}.title"),
            is_named,
            title.as_deref(),
            &title_read,
            same,
        );
    }
    let (is_named, organization) = named(truth, names.organization);
    if !truth.is_string() {
        let organization_read = read(|entry| entry.organization.as_ref());
        one(
            score,
            reading,
            &format!("{kind}.organization"),
            is_named,
            organization.as_deref(),
            &organization_read,
            same,
        );
        place(score, kind, truth, entry, reading);
    }
    super::dates::dates(score, kind, truth, entry, reading);
    told(score, kind, truth, entry, reading);
}

fn place(
    score: &mut Score,
    kind: &str,
    truth: &Value,
    entry: Option<&Entry>,
    reading: &Reading<'_>,
) {
    let field =
        |field: Option<&career::Field>| field.map(|field| field.text.clone()).unwrap_or_default();
    let read = field(entry.and_then(|entry| entry.location.as_ref()));
    let (is_named, location) = named(truth, &["location"]);
    one(
        score,
        reading,
        &format!("{kind}.location"),
        is_named,
        location.as_deref(),
        &read,
        same,
    );
    let read = field(entry.and_then(|entry| entry.score.as_ref()));
    let (is_named, grade) = named(truth, &["score"]);
    one(
        score,
        reading,
        &format!("{kind}.score"),
        is_named,
        grade.as_deref(),
        &read,
        same,
    );
    let read = field(entry.and_then(|entry| entry.url.as_ref()));
    let (is_named, url) = named(truth, &["url"]);
    let equal = |one: &str, other: &str| address(one) == address(other);
    if !read.is_empty()
        || url
            .as_ref()
            .is_some_and(|url| reading.is_printed(&address(url)))
    {
        one(
            score,
            reading,
            &format!("{kind}.url"),
            is_named,
            url.as_deref(),
            &read,
            equal,
        );
    }
}

fn told(
    score: &mut Score,
    kind: &str,
    truth: &Value,
    entry: Option<&Entry>,
    reading: &Reading<'_>,
) {
    let list = |key: &str| -> Option<Vec<String>> {
        let items = truth.get(key)?.as_array()?;
        Some(items.iter().filter_map(|item| text(Some(item))).collect())
    };
    let texts = |pick: fn(&Entry) -> &Vec<career::Field>| -> Vec<String> {
        entry
            .map(|entry| pick(entry).iter().map(|field| field.text.clone()).collect())
            .unwrap_or_default()
    };
    let summary = entry
        .map(|entry| joined(&entry.summary))
        .unwrap_or_default();
    let highlights = texts(|entry| &entry.highlights);
    let (is_named, free) = named(truth, &["summary"]);
    let (has_description, description) = named(truth, &["description"]);
    if truth.is_string() {
        return;
    }
    if let Some(wanted) = list("highlights") {
        let mut read = highlights;
        if kind == "education" {
            // Courses and grades stand as fields of their own.
            let lead = |item: &String| {
                let entry_has =
                    |field: &career::Field| letters(item).contains(&letters(&field.text));
                entry.is_some_and(|entry| {
                    entry.score.iter().any(entry_has)
                        || (!entry.keywords.is_empty() && entry.keywords.iter().all(entry_has))
                })
            };
            let (apart, rest): (Vec<String>, Vec<String>) = wanted
                .into_iter()
                .partition(|item| lead(item) && !read.iter().any(|read| same(item, read)));
            for _ in apart {
                score.right("education.highlights");
            }
            many(score, reading, "education.highlights", &rest, &read, same);
        } else {
            // A project's single paragraph may be told as its description.
            let about: Vec<String> = entry
                .map(|entry| {
                    entry
                        .summary
                        .iter()
                        .map(|field| field.text.clone())
                        .collect()
                })
                .unwrap_or_default();
            if free.is_none() && !has_description {
                read.extend(about);
            } else if kind == "projects"
                && !description
                    .as_ref()
                    .is_some_and(|words| same(words, &summary))
            {
                read.extend(
                    about
                        .iter()
                        .filter(|text| wanted.iter().any(|wanted| same(wanted, text)))
                        .cloned(),
                );
            }
            many(
                score,
                reading,
                &format!("{kind}.highlights"),
                &wanted,
                &read,
                same,
            );
        }
        if is_named || has_description {
            let wanted = free.or(description);
            let role = entry.and_then(|entry| entry.subtitle.as_ref());
            if kind == "projects"
                && role.is_some_and(|role| {
                    wanted
                        .as_ref()
                        .is_some_and(|wanted| same(wanted, &role.text))
                })
            {
                score.right("projects.summary");
            } else {
                one(
                    score,
                    reading,
                    &format!("{kind}.summary"),
                    true,
                    wanted.as_deref(),
                    &summary,
                    same,
                );
            }
        }
    } else if is_named || has_description {
        let parts: Vec<String> = std::iter::once(summary)
            .chain(highlights)
            .filter(|part| !part.is_empty())
            .collect();
        let mut wanted = free;
        if let (Some(more), true) = (description, has_description) {
            wanted = Some(wanted.map_or(more.clone(), |first| format!("{more} {first}")));
        }
        one(
            score,
            reading,
            &format!("{kind}.told"),
            true,
            wanted.as_deref(),
            &parts.join(" "),
            same,
        );
    }
    for key in ["keywords", "courses"] {
        if let Some(wanted) = list(key) {
            let read = texts(|entry| &entry.keywords);
            many(
                score,
                reading,
                &format!("{kind}.{key}"),
                &wanted,
                &read,
                same,
            );
        }
    }
}
