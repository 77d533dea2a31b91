//! A posting from its address: its board's data where the board has any for everyone, else the
//! page that people see.

use career::{Posting, PostingUrl};
use intake::boards::{BoardAddress, address_of};
use intake::{IntakeError, PostingHint};

use super::StageError;
use crate::ports::fetch::{FetchError, Fetcher};
use crate::ports::reader::{ReadError, Reader};

/// Reads the posting at an address. `board` is where its data is, when it is on a known board.
///
/// # Errors
/// When neither board nor page gives a posting; then the page's reason is told, unless the board
/// knows better that the posting is gone.
pub async fn read_address(
    fetcher: &Fetcher,
    reader: &Reader,
    url: &PostingUrl,
    board: Option<BoardAddress>,
) -> Result<Posting, StageError> {
    let mut gone = false;
    if let Some(board) = &board {
        match ask_board(fetcher, reader, url.as_str(), board).await {
            Ok(posting) => return Ok(posting),
            Err(Trouble::Gone) => gone = true,
            Err(Trouble::Other(reason)) => {
                tracing::debug!(reason, "a board's data was not usable; the page is read");
            }
        }
    }
    let page = match fetcher.page(url).await {
        Ok(page) => page,
        Err(FetchError::Gone) => return Err(fetch_failure(FetchError::Gone)),
        Err(_) if gone => return Err(IntakeError::PostingClosed.into()),
        Err(error) => return Err(fetch_failure(error)),
    };
    let hint = PostingHint {
        content_type: page.content_type,
        url: Some(page.url.clone()),
    };
    let error = match reader.posting(&page.bytes, hint).await {
        // A page that shows a job after its board has closed it has the last word: it has a text.
        Ok(posting) => return Ok(posting),
        Err(error) => error,
    };
    // A short address may have led to a board.
    let led_to = address_of(&page.url).filter(|found| Some(found) != board.as_ref());
    if let Some(board) = led_to
        && let Ok(posting) = ask_board(fetcher, reader, &page.url, &board).await
    {
        return Ok(posting);
    }
    Err(if gone {
        IntakeError::PostingClosed.into()
    } else {
        error.into()
    })
}

enum Trouble {
    /// The board has no such posting any more.
    Gone,
    /// It cannot be asked, or its answer is of another kind.
    Other(&'static str),
}

async fn ask_board(
    fetcher: &Fetcher,
    reader: &Reader,
    page: &str,
    board: &BoardAddress,
) -> Result<Posting, Trouble> {
    let api = PostingUrl::parse(&board.api).map_err(|_| Trouble::Other("posting_url_invalid"))?;
    let answer = fetcher.page(&api).await.map_err(|error| match error {
        FetchError::Gone => Trouble::Gone,
        other => Trouble::Other(other.code()),
    })?;
    let kind = answer.content_type.as_deref();
    let read = reader.board_answer(board, page, &answer.bytes, kind).await;
    read.map_err(|error| match error {
        ReadError::Refused(IntakeError::PostingClosed) => Trouble::Gone,
        other => Trouble::Other(other.code()),
    })
}

fn fetch_failure(error: FetchError) -> StageError {
    StageError {
        code: error.code(),
        message: format!("The posting was not fetched: {error}. Paste its text instead."),
        retry: error.may_pass(),
        input: true,
    }
}
