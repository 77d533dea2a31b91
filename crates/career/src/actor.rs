//! Who acts, on what, and whether they may: the only door for every use case.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Actor {
    /// A person.
    Person {
        /// Their id.
        id: Uuid,
    },
    /// The program itself, in a job on behalf of nobody.
    System,
}

impl Actor {
    /// The person's id, when it is one.
    pub fn person(&self) -> Option<Uuid> {
        match self {
            Self::Person { id } => Some(*id),
            Self::System => None,
        }
    }
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Look at it.
    Read,
    /// Make one.
    Create,
    /// Change it.
    Change,
    /// Remove it.
    Delete,
}

/// What it is done to: a kind of thing and its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Object {
    /// What kind, for the log.
    pub kind: &'static str,
    /// Whose it is.
    pub owner: Uuid,
}

/// The answer "no". Says nothing about the object: to a stranger it does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not allowed")]
pub struct Denied;

/// Whether the actor may do that: people what is theirs, the program everything but creating in
/// somebody's name.
///
/// # Errors
/// [`Denied`] when not.
pub fn authorize(actor: &Actor, action: Action, object: &Object) -> Result<(), Denied> {
    match actor {
        Actor::Person { id } if *id == object.owner => Ok(()),
        Actor::System if action != Action::Create => Ok(()),
        Actor::Person { .. } | Actor::System => Err(Denied),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reaches_what_is_another_s() {
        let mine = Object {
            kind: "run",
            owner: Uuid::from_u128(1),
        };
        let me = Actor::Person {
            id: Uuid::from_u128(1),
        };
        let other = Actor::Person {
            id: Uuid::from_u128(2),
        };
        for action in [Action::Read, Action::Create, Action::Change, Action::Delete] {
            assert!(authorize(&me, action, &mine).is_ok());
            assert!(authorize(&other, action, &mine).is_err());
        }
    }
}
