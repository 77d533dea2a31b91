//! Runs: one pass of the pipeline, its stages and the states it can be in.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The five stages, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Evidence and posting are read.
    Scrape,
    /// The posting's requirements are found.
    Analyze,
    /// Facts are matched, chosen and arranged.
    Generate,
    /// Every line's evidence is checked.
    Verify,
    /// Pages are made and read back.
    Compile,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 5] = [
        Self::Scrape,
        Self::Analyze,
        Self::Generate,
        Self::Verify,
        Self::Compile,
    ];

    /// The name used in files, addresses and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scrape => "scrape",
            Self::Analyze => "analyze",
            Self::Generate => "generate",
            Self::Verify => "verify",
            Self::Compile => "compile",
        }
    }

    /// The stage of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// The one after it.
    pub fn next(self) -> Option<Self> {
        let position = Self::ALL.iter().position(|stage| *stage == self)?;
        Self::ALL.get(position + 1).copied()
    }
}

/// Where a run stands. Variants hold only what exists there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum RunState {
    /// Accepted; this stage is next or under way.
    Working {
        /// The stage.
        stage: Stage,
    },
    /// All stages are through.
    Done,
    /// A stage gave up.
    Failed {
        /// Which.
        stage: Stage,
        /// Why, as a code with a message in the message file.
        reason: String,
    },
    /// The person stopped it.
    Cancelled {
        /// The stage it had reached.
        stage: Stage,
    },
}

/// A transition that the state does not allow.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a run that is {from} cannot {to}")]
pub struct RunTransitionError {
    /// The state it was in.
    pub from: &'static str,
    /// What was tried.
    pub to: &'static str,
}

impl RunState {
    /// A run just accepted.
    pub fn begin() -> Self {
        Self::Working {
            stage: Stage::Scrape,
        }
    }

    /// The state's name in the database.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Working { .. } => "working",
            Self::Done => "done",
            Self::Failed { .. } => "failed",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// The stage it is at, or stopped at.
    pub fn stage(&self) -> Option<Stage> {
        match self {
            Self::Working { stage } | Self::Failed { stage, .. } | Self::Cancelled { stage } => {
                Some(*stage)
            }
            Self::Done => None,
        }
    }

    /// Whether nothing more will happen by itself.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Working { .. })
    }

    /// After `finished` is through: the next stage, or done.
    ///
    /// # Errors
    /// When the run is not at that stage.
    pub fn advance(self, finished: Stage) -> Result<Self, RunTransitionError> {
        match self {
            Self::Working { stage } if stage == finished => Ok(finished
                .next()
                .map_or(Self::Done, |stage| Self::Working { stage })),
            other => Err(RunTransitionError {
                from: other.as_str(),
                to: "advance",
            }),
        }
    }

    /// The stage under way gives up.
    ///
    /// # Errors
    /// When nothing is under way.
    pub fn fail(self, reason: &str) -> Result<Self, RunTransitionError> {
        match self {
            Self::Working { stage } => Ok(Self::Failed {
                stage,
                reason: reason.to_owned(),
            }),
            other => Err(RunTransitionError {
                from: other.as_str(),
                to: "fail",
            }),
        }
    }

    /// The person stops it.
    ///
    /// # Errors
    /// When nothing is under way.
    pub fn cancel(self) -> Result<Self, RunTransitionError> {
        match self {
            Self::Working { stage } => Ok(Self::Cancelled { stage }),
            other => Err(RunTransitionError {
                from: other.as_str(),
                to: "be cancelled",
            }),
        }
    }

    /// A failed or cancelled run goes on from the stage it stopped at.
    ///
    /// # Errors
    /// When it is under way or done.
    pub fn retry(self) -> Result<Self, RunTransitionError> {
        match self {
            Self::Failed { stage, .. } | Self::Cancelled { stage } => Ok(Self::Working { stage }),
            other => Err(RunTransitionError {
                from: other.as_str(),
                to: "be retried",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_stages_lead_to_done() {
        let mut state = RunState::begin();
        for stage in Stage::ALL {
            state = state.advance(stage).unwrap();
        }
        assert_eq!(state, RunState::Done);
    }

    #[test]
    fn a_stage_cannot_finish_twice_nor_after_the_end() {
        let state = RunState::begin().advance(Stage::Scrape).unwrap();
        assert!(state.clone().advance(Stage::Scrape).is_err());
        let cancelled = state.cancel().unwrap();
        assert!(cancelled.clone().advance(Stage::Analyze).is_err());
        assert!(cancelled.clone().fail("late").is_err());
        assert_eq!(
            cancelled.retry().unwrap(),
            RunState::Working {
                stage: Stage::Analyze
            }
        );
    }
}
