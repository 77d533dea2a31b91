//! The gate: what a line must satisfy beyond its structure. It knows the profile, so it can tell
//! whose words a line uses and whether they are a whole statement.

use career::claim::Gate;
use career::{
    Cite, Claim, ContactKind, Entry, Field, Finding, FindingCode, Piece, Profile, SectionKind, Slot,
};

use crate::generate::short_address;
use crate::ground::Evidence;
use crate::headline;
use crate::units::statements;

/// Judges claims against one profile.
#[derive(Debug, Clone, Copy)]
pub struct EvidenceGate<'a> {
    profile: &'a Profile,
}

impl<'a> EvidenceGate<'a> {
    /// The gate for claims made from that profile.
    pub fn new(profile: &'a Profile) -> Self {
        Self { profile }
    }

    fn entry_of(self, claim: &Claim) -> Option<&'a Entry> {
        let id = claim.entry.as_ref()?;
        self.profile.entries.iter().find(|entry| entry.id == *id)
    }

    /// The fields a line in that place may cite, and whether only statements of them.
    fn sources(self, claim: &Claim) -> Vec<&'a Field> {
        let profile = self.profile;
        if claim.entry.is_some() {
            let Some(entry) = self.entry_of(claim) else {
                return Vec::new();
            };
            return match claim.slot {
                Slot::Title => entry
                    .title
                    .iter()
                    .chain(&entry.subtitle)
                    .chain(&entry.score)
                    .collect(),
                Slot::Organization => entry.organization.iter().collect(),
                Slot::Location => entry.location.iter().collect(),
                Slot::Link => entry.url.iter().collect(),
                Slot::Dates => entry
                    .start
                    .iter()
                    .chain(&entry.end)
                    .map(|date| &date.field)
                    .collect(),
                Slot::Sentence | Slot::Bullet => {
                    entry.summary.iter().chain(&entry.highlights).collect()
                }
                Slot::Skills => entry.keywords.iter().collect(),
                Slot::Name | Slot::Headline | Slot::Contact => Vec::new(),
            };
        }
        match claim.slot {
            Slot::Name => profile.name.iter().collect(),
            Slot::Headline => {
                let current = profile
                    .section(SectionKind::Work)
                    .filter(|entry| entry.is_current());
                let titles = current.filter_map(|entry| entry.title.as_ref());
                let own = profile.headline.iter().chain(titles);
                own.chain(headline::titles(profile)).collect()
            }
            Slot::Contact => profile
                .contacts
                .iter()
                .flat_map(|contact| &contact.parts)
                .collect(),
            Slot::Sentence => profile.summary.iter().collect(),
            Slot::Skills => {
                let groups = profile.skills.iter().chain(&profile.interests);
                let words = groups.flat_map(|group| group.name.iter().chain(&group.keywords));
                let spoken = profile.languages.iter();
                words
                    .chain(
                        spoken.flat_map(|known| {
                            std::iter::once(&known.language).chain(&known.fluency)
                        }),
                    )
                    .collect()
            }
            Slot::Title
            | Slot::Organization
            | Slot::Location
            | Slot::Dates
            | Slot::Link
            | Slot::Bullet => Vec::new(),
        }
    }

    fn is_whole(self, claim: &Claim, cite: &Cite, fields: &[&Field]) -> bool {
        fields
            .iter()
            .filter(|field| field.cite.fact == cite.fact)
            .any(|field| {
                let whole = field.cite.start == cite.start && field.cite.end == cite.end;
                whole
                    || match claim.slot {
                        Slot::Sentence | Slot::Bullet => statements(field, true).contains(cite),
                        Slot::Link => is_short_address(field, cite),
                        Slot::Contact => {
                            let address = self.profile.contacts.iter().any(|contact| {
                                matches!(contact.kind, ContactKind::Website | ContactKind::Network)
                                    && contact.parts.iter().any(|part| part == *field)
                            });
                            address && is_short_address(field, cite)
                        }
                        _ => false,
                    }
            })
    }
}

fn is_short_address(field: &Field, cite: &Cite) -> bool {
    let (from, to) = short_address(&field.text);
    (field.cite.start + from, field.cite.start + to) == (cite.start, cite.end)
}

impl Gate for EvidenceGate<'_> {
    fn judge(&self, claim: &Claim, _: &career::FactSet) -> Vec<Finding> {
        let finding = |code, reason: &str| Finding {
            claim: claim.id.clone(),
            code,
            reason: reason.to_owned(),
        };
        if claim.pieces.iter().any(is_reworded) {
            return self.reworded(claim);
        }
        if claim.slot == Slot::Headline && claim.pieces.len() > 1 {
            let fault = headline::faults(claim, self.profile);
            return fault
                .map(|(code, reason)| finding(code, reason))
                .into_iter()
                .collect();
        }
        let mut findings = Vec::new();
        let fields = self.sources(claim);
        for cite in claim.cites() {
            let owned = fields.iter().any(|field| {
                field.cite.fact == cite.fact
                    && field.cite.start <= cite.start
                    && cite.end <= field.cite.end
            });
            if !owned {
                findings.push(finding(
                    FindingCode::WrongEntry,
                    "the evidence belongs to another place of the profile",
                ));
            } else if !self.is_whole(claim, cite, &fields) {
                findings.push(finding(
                    FindingCode::Torn,
                    "the words are torn out of their statement",
                ));
            }
        }
        let statement = matches!(claim.slot, Slot::Sentence | Slot::Bullet);
        if statement && claim.pieces.len() != 1 {
            findings.push(finding(FindingCode::Torn, "a statement is pieced together"));
        }
        findings.extend(
            self.dates(claim)
                .map(|reason| finding(FindingCode::OpenEnd, reason)),
        );
        findings
    }
}

fn is_reworded(piece: &Piece) -> bool {
    matches!(piece, Piece::Reworded { .. })
}

impl<'a> EvidenceGate<'a> {
    /// What is wrong with a line in other words than its evidence's. Only statements may be
    /// reworded: names, titles, dates, contacts and links are copied.
    fn reworded(self, claim: &Claim) -> Vec<Finding> {
        let finding = |code, reason: String| Finding {
            claim: claim.id.clone(),
            code,
            reason,
        };
        let [Piece::Reworded { text, cites }] = claim.pieces.as_slice() else {
            let reason = "a line is reworded as a whole or not at all".to_owned();
            return vec![finding(FindingCode::Torn, reason)];
        };
        if !matches!(claim.slot, Slot::Sentence | Slot::Bullet | Slot::Headline) {
            let reason = "what stands here is copied, not reworded".to_owned();
            return vec![finding(FindingCode::ForeignWords, reason)];
        }
        let owns = |fields: &[&Field]| {
            cites.iter().all(|cite| {
                fields.iter().any(|field| {
                    field.cite.fact == cite.fact
                        && field.cite.start <= cite.start
                        && cite.end <= field.cite.end
                })
            })
        };
        let Some((entry, _)) = self
            .rewordable(claim)
            .into_iter()
            .find(|(_, fields)| owns(fields))
        else {
            let reason = "the evidence belongs to another place, or to several".to_owned();
            return vec![finding(FindingCode::WrongEntry, reason)];
        };
        let ruling = Evidence::new(self.profile).judge_cites(entry, text, cites, "");
        let objections = ruling.objections.into_iter();
        objections
            .map(|objection| {
                let reason = format!("{}: {}", objection.code.as_str(), objection.reason);
                finding(FindingCode::SaysMore, reason)
            })
            .collect()
    }

    /// What a rewording in that place may rest on: its entry; the summary and the line under the
    /// name on what the person says of themselves, or on one entry. Facts of several entries in one
    /// line would give the one what belongs to the other.
    fn rewordable(self, claim: &Claim) -> Vec<(Option<&'a Entry>, Vec<&'a Field>)> {
        let of = |entry: &'a Entry| (Some(entry), entry.fields().collect());
        if claim.entry.is_some() {
            return self.entry_of(claim).map(of).into_iter().collect();
        }
        let told = self.profile.summary.iter().chain(&self.profile.headline);
        let done = |entry: &&Entry| entry.section != SectionKind::References;
        let entries = self.profile.entries.iter().filter(done).map(of);
        std::iter::once((None, told.collect()))
            .chain(entries)
            .collect()
    }

    /// Why the dates say more than the entry does.
    fn dates(self, claim: &Claim) -> Option<&'static str> {
        let open = claim.pieces.contains(&Piece::Present);
        if open && claim.slot != Slot::Dates {
            return Some("\"present\" outside a date");
        }
        if claim.slot != Slot::Dates {
            return None;
        }
        let entry = self.entry_of(claim)?;
        if open && !entry.is_current() {
            return Some("\"present\" where the evidence gives an end");
        }
        let cites: Vec<&Cite> = claim.cites().collect();
        let of = |field: &Option<career::DateField>, cite: &Cite| {
            field.as_ref().is_some_and(|date| date.field.cite == *cite)
        };
        match cites.as_slice() {
            [one] if open => (!of(&entry.start, one)).then_some("\"present\" behind an end"),
            [from, to] => (!(of(&entry.start, from) && of(&entry.end, to)))
                .then_some("the dates stand the wrong way round"),
            [_] => None,
            _ => Some("more dates than a beginning and an end"),
        }
    }
}
