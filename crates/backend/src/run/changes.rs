//! Which runs changed: told by the database, passed on to everyone in this program who waits.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::db::{DbError, runs};

/// How many changes a slow listener may lag before it is told "look for yourself".
const BACKLOG: usize = 1024;

/// The source of changes.
#[derive(Clone)]
pub struct Changes {
    sender: broadcast::Sender<Uuid>,
}

/// One listener.
pub struct Subscription {
    receiver: broadcast::Receiver<Uuid>,
}

impl Changes {
    /// A new listener; it hears of changes from now on.
    pub fn subscribe(&self) -> Subscription {
        Subscription {
            receiver: self.sender.subscribe(),
        }
    }
}

impl Subscription {
    /// Returns when that run may have changed. Never returns when the program is ending.
    pub async fn changed(&mut self, run: Uuid) {
        loop {
            match self.receiver.recv().await {
                // Nil means that notifications may have been lost.
                Ok(changed) if changed == run || changed.is_nil() => return,
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => return,
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

pub(super) async fn listen(pool: &PgPool) -> Result<Changes, DbError> {
    let (sender, _) = broadcast::channel(BACKLOG);
    let changes = Changes {
        sender: sender.clone(),
    };
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(runs::CHANNEL).await?;
    tokio::spawn(async move {
        loop {
            let told = match listener.try_recv().await {
                Ok(Some(notification)) => notification.payload().parse().unwrap_or(Uuid::nil()),
                // The connection was lost; the next call makes a new one.
                Ok(None) => Uuid::nil(),
                // The program is ending.
                Err(sqlx::Error::PoolClosed) => return,
                Err(error) => {
                    tracing::warn!(error = %DbError::from(error), "listening for changes failed");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    Uuid::nil()
                }
            };
            // Nobody listening is fine.
            let _listeners = sender.send(told);
        }
    });
    Ok(changes)
}
