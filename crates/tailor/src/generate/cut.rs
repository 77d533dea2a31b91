//! What gives way first. Built from the other end: what is kept longest stands first in `kept`,
//! and the order of cuts is its reverse.

use std::collections::{BTreeMap, BTreeSet};

use career::{BlockId, Claim, Cut, Resume, SectionKind, Slot};

use crate::relevance::{Answers, Relevance};

/// Characters of a bullet that fit on one line of the page, roughly.
const LINE: usize = 95;

/// A line, or a header when `line` is `None`, and what keeping it means.
struct Candidate<'a> {
    line: Option<&'a Claim>,
    block: Option<usize>,
    section: SectionKind,
    /// Place of the block in its section, and of the line in its block.
    place: (usize, usize),
    answers: Answers,
    cost: f32,
}

struct Header<'a> {
    id: &'a BlockId,
    answers: Answers,
    cost: f32,
}

struct Keeper<'a, 'r> {
    candidates: Vec<Candidate<'a>>,
    headers: Vec<Header<'a>>,
    relevance: &'r Relevance<'r>,
    kept: Vec<Cut>,
    taken: BTreeSet<usize>,
    shown: BTreeSet<usize>,
    covered: BTreeMap<usize, u32>,
}

/// The cuts in their order, the first to give way first. See [`super::generate`] for the promise.
pub(super) fn cut_order(resume: &Resume, relevance: &Relevance<'_>) -> Vec<Cut> {
    let mut keeper = Keeper::new(resume, relevance);
    // One line for each must, then for each other wish, …
    keeper.greedy(|place| relevance.is_must(place), true);
    keeper.greedy(|_| true, true);
    // … then whatever else answers, musts first, …
    keeper.greedy(|place| relevance.is_must(place), false);
    keeper.greedy(|_| true, false);
    // … then what makes it a résumé, then the rest.
    keeper.frame();
    keeper.rest();
    keeper.kept.reverse();
    keeper.kept
}

impl<'a, 'r> Keeper<'a, 'r> {
    fn new(resume: &'a Resume, relevance: &'r Relevance<'r>) -> Self {
        let mut candidates = Vec::new();
        let mut headers: Vec<Header<'a>> = Vec::new();
        let reachable = anchors(resume);
        for (number, claim) in resume.head.iter().enumerate() {
            if claim.slot != Slot::Name && !reachable.contains(&number) {
                candidates.push(Candidate {
                    line: Some(claim),
                    block: None,
                    section: SectionKind::Head,
                    place: (0, number),
                    answers: relevance.answers(claim),
                    cost: if claim.slot == Slot::Contact {
                        0.3
                    } else {
                        1.0
                    },
                });
            }
        }
        for section in &resume.sections {
            for (position, block) in section.blocks.iter().enumerate() {
                let number = (!block.header.is_empty()).then(|| {
                    let mut answers = Answers::new();
                    for claim in &block.header {
                        answers.extend(relevance.answers(claim));
                    }
                    headers.push(Header {
                        id: &block.id,
                        answers: answers.clone(),
                        cost: 2.0,
                    });
                    candidates.push(Candidate {
                        line: None,
                        block: Some(headers.len() - 1),
                        section: section.kind,
                        place: (position, 0),
                        answers,
                        cost: 0.0,
                    });
                    headers.len() - 1
                });
                for (place, claim) in block.lines.iter().enumerate() {
                    candidates.push(Candidate {
                        line: Some(claim),
                        block: number,
                        section: section.kind,
                        place: (position, place),
                        answers: relevance.answers(claim),
                        cost: claim.text.chars().count().div_ceil(LINE) as f32,
                    });
                }
            }
        }
        Self {
            candidates,
            headers,
            relevance,
            kept: Vec::new(),
            taken: BTreeSet::new(),
            shown: BTreeSet::new(),
            covered: BTreeMap::new(),
        }
    }

    /// Keeps what answers most for its space, again and again. `fresh` counts only what nothing
    /// kept answers yet; else each further answer to the same counts less.
    fn greedy(&mut self, wanted: impl Fn(usize) -> bool, fresh: bool) {
        loop {
            let mut best: Option<(f32, usize)> = None;
            for number in 0..self.candidates.len() {
                let gain = self.gain(number, &wanted, fresh);
                if gain > 0.0 && best.is_none_or(|(most, _)| gain > most) {
                    best = Some((gain, number));
                }
            }
            let Some((_, number)) = best else { break };
            self.keep(number);
        }
    }

    fn gain(&self, number: usize, wanted: &impl Fn(usize) -> bool, fresh: bool) -> f32 {
        let candidate = &self.candidates[number];
        if self.taken.contains(&number) {
            return 0.0;
        }
        let header = candidate
            .block
            .filter(|block| !self.shown.contains(block))
            .map(|block| &self.headers[block]);
        let mut answers = candidate.answers.clone();
        // Beyond the first cover a line must answer by itself; its header is paid for by coverage.
        if fresh && let Some(header) = header {
            for (place, score) in &header.answers {
                let best = answers.entry(*place).or_default();
                *best = best.max(*score);
            }
        }
        let worth: f32 = answers
            .iter()
            .filter(|(place, _)| wanted(**place))
            .map(|(place, score)| {
                let times = self.covered.get(place).copied().unwrap_or_default();
                let share = match (fresh, times) {
                    (_, 0) => 1.0,
                    (true, _) => 0.0,
                    (false, times) => 1.0 / (1.0 + times as f32),
                };
                self.relevance.weight(*place) * score * share
            })
            .sum();
        worth / (candidate.cost + header.map_or(0.0, |header| header.cost)).max(0.3)
    }

    fn keep(&mut self, number: usize) {
        if !self.taken.insert(number) {
            return;
        }
        let (line, block) = (self.candidates[number].line, self.candidates[number].block);
        if let Some(block) = block.filter(|block| !self.shown.contains(block)) {
            self.shown.insert(block);
            let header = &self.headers[block];
            self.kept.push(Cut::Block {
                block: header.id.clone(),
            });
            for place in header.answers.keys() {
                *self.covered.entry(*place).or_default() += 1;
            }
            let own = self
                .candidates
                .iter()
                .position(|other| other.line.is_none() && other.block == Some(block));
            self.taken.extend(own);
        }
        if let Some(claim) = line {
            self.kept.push(Cut::Line {
                claim: claim.id.clone(),
            });
            for place in self.candidates[number].answers.keys() {
                *self.covered.entry(*place).or_default() += 1;
            }
        }
    }

    /// What a reader expects on any résumé, answering or not.
    fn frame(&mut self) {
        self.keep_where(|c| {
            c.section == SectionKind::Head && c.line.is_some_and(|line| line.slot == Slot::Headline)
        });
        self.keep_where(|c| c.section == SectionKind::Head && c.place.1 < 6);
        self.keep_where(|c| c.line.is_none() && c.section == SectionKind::Work && c.place.0 < 3);
        self.keep_where(|c| {
            c.line.is_none() && c.section == SectionKind::Education && c.place.0 < 2
        });
        self.keep_where(|c| c.section == SectionKind::Summary && c.place.1 == 0);
        self.keep_where(|c| c.section == SectionKind::Work && c.place.0 == 0 && c.place.1 < 2);
        self.keep_where(|c| c.section == SectionKind::Skills && c.place.1 < 2);
        self.keep_where(|c| c.section == SectionKind::Work && c.place.0 == 1 && c.place.1 < 2);
        self.keep_where(|c| c.line.is_none() && c.section == SectionKind::Work);
        self.keep_where(|c| c.line.is_none() && c.section == SectionKind::Education);
    }

    /// Everything else, the newest and the nearest to the work first.
    fn rest(&mut self) {
        let mut rest: Vec<(f32, usize)> = (0..self.candidates.len())
            .filter(|number| !self.taken.contains(number))
            .map(|number| {
                let candidate = &self.candidates[number];
                let section = match candidate.section {
                    SectionKind::Summary => 0.0,
                    SectionKind::Skills | SectionKind::Languages => 1.0,
                    SectionKind::Work => 1.5,
                    SectionKind::Education => 3.0,
                    SectionKind::Projects => 3.5,
                    SectionKind::Certificates => 4.0,
                    SectionKind::Awards | SectionKind::Publications => 5.0,
                    SectionKind::Volunteer => 5.5,
                    SectionKind::Head => 8.0,
                    SectionKind::Interests | SectionKind::References => 20.0,
                };
                (
                    section + 1.2 * candidate.place.0 as f32 + candidate.place.1 as f32,
                    number,
                )
            })
            .collect();
        rest.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        for (_, number) in rest {
            self.keep(number);
        }
    }

    fn keep_where(&mut self, wanted: impl Fn(&Candidate<'_>) -> bool) {
        let numbers: Vec<usize> = (0..self.candidates.len())
            .filter(|number| wanted(&self.candidates[*number]))
            .collect();
        for number in numbers {
            self.keep(number);
        }
    }
}

/// The ways to reach the person that never give way: e-mail and telephone, else the first there is.
fn anchors(resume: &Resume) -> BTreeSet<usize> {
    let contacts = || {
        resume
            .head
            .iter()
            .enumerate()
            .filter(|(_, claim)| claim.slot == Slot::Contact)
    };
    let direct: BTreeSet<usize> = contacts()
        .filter(|(_, claim)| is_mail(&claim.text) || is_phone(&claim.text))
        .map(|(number, _)| number)
        .collect();
    if direct.is_empty() {
        contacts().map(|(number, _)| number).take(1).collect()
    } else {
        direct
    }
}

fn is_mail(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !text.contains('/')
}

fn is_phone(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 5
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " ()+-./".contains(c))
}
