//! Likeness of words by BM25, for what the skill file does not know.

use std::collections::{BTreeMap, BTreeSet};

use bm25::{Embedder, EmbedderBuilder, Scorer, Tokenizer};

use crate::units::{Place, Unit};
use crate::words::{Word, Words};

/// So many telling words must be shared …
const SHARED: usize = 2;
/// … and they must be this part of what the requirement says.
const SHARE: f32 = 0.25;

/// The statements of a profile, indexed.
pub(super) struct Similarity {
    embedder: Embedder<u32, Words>,
    words: Words,
    scorer: Scorer<usize>,
    stems: Vec<BTreeMap<String, String>>,
}

/// A requirement, prepared.
pub(super) struct Query {
    embedding: bm25::Embedding<u32>,
    stems: BTreeSet<String>,
    own: f32,
}

impl Similarity {
    pub(super) fn over(units: &[Unit<'_>], language: &str) -> Self {
        let texts: Vec<&str> = units.iter().map(|unit| unit.text).collect();
        let embedder = EmbedderBuilder::<u32, Words>::with_tokenizer_and_fit_to_corpus(
            Words::of(language),
            &texts,
        )
        .build();
        let words = Words::of(language);
        let mut scorer = Scorer::<usize>::new();
        let mut stems = Vec::new();
        for (number, unit) in units.iter().enumerate() {
            scorer.upsert(&number, embedder.embed(unit.text));
            let comparable = matches!(
                unit.place,
                Place::Bullet
                    | Place::Told
                    | Place::Summary
                    | Place::Title
                    | Place::Keyword
                    | Place::Skill
                    | Place::Course
            );
            let known = if comparable {
                words.telling(unit.text)
            } else {
                Vec::new()
            };
            let known = known
                .into_iter()
                .map(|Word { stem, surface }| (stem, surface))
                .collect();
            stems.push(known);
        }
        Self {
            embedder,
            words,
            scorer,
            stems,
        }
    }

    pub(super) fn query(&self, text: &str) -> Query {
        // Each stem once: a word said twice is not asked for twice.
        let stems: BTreeSet<String> = self.words.tokenize(text).into_iter().collect();
        let mut embedding = self.embedder.embed(text);
        let mut seen = BTreeSet::new();
        embedding.0.retain(|token| seen.insert(token.index));
        let own = embedding.0.iter().map(|token| token.value).sum();
        Query {
            embedding,
            stems,
            own,
        }
    }

    /// How alike a statement is, 0 to 1, and the words shared; 0 when it is chance.
    pub(super) fn compare(&self, number: usize, query: &Query) -> (f32, Vec<String>) {
        let Some(stems) = self.stems.get(number) else {
            return (0.0, Vec::new());
        };
        let shared: Vec<&String> = query
            .stems
            .iter()
            .filter_map(|stem| stems.get(stem))
            .collect();
        let share = shared.len() as f32 / query.stems.len().max(1) as f32;
        if shared.len() < SHARED || share < SHARE || query.own <= 0.0 {
            return (0.0, Vec::new());
        }
        let score = self
            .scorer
            .score(&number, &query.embedding)
            .unwrap_or_default();
        // An idf is about 1 to 5 in texts of this size.
        let likeness = (score / (query.own * 4.0))
            .clamp(0.05, 1.0)
            .max(share * 0.8);
        let why = shared.into_iter().map(|word| word.to_lowercase()).collect();
        (likeness.min(1.0), why)
    }
}
