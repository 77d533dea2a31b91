//! The original's pages beside what was read of them. Pieces and places lead to each other by plain
//! fragments, so that no script is needed.

use career::view::{OriginalPage, OriginalPlace};
use leptos::prelude::*;

use super::line_mark::percent;
use crate::text;

/// The fragment of a piece's place on its page.
pub fn place_of(piece: &str) -> String {
    format!("at-{piece}")
}

/// The way from a piece to its place.
#[component]
pub fn ToPlace(
    /// The piece.
    piece: String,
    /// Its words, for those who cannot see where the link stands.
    words: String,
) -> impl IntoView {
    // The router must leave fragments to the browser: only that marks the target.
    view! {
        <a class="to-place" rel="external" href=format!("#{}", place_of(&piece)) aria-label=text::original_show_named(&words)>
            {text::original_show()}
        </a>
    }
}

fn place(place: OriginalPlace) -> impl IntoView {
    let style = format!(
        "left:{};top:{};width:{};height:{}",
        percent(place.left),
        percent(place.top),
        percent(place.width),
        percent(place.height)
    );
    view! {
        <a
            class="place"
            class:unread=!place.understood
            id=place_of(&place.piece)
            rel="external"
            href=format!("#{}", place.piece)
            title=place.words
            tabindex="-1"
            style=style
        ></a>
    }
}

/// All pages, one under the other.
#[component]
pub fn OriginalPages(
    /// The pages.
    pages: Vec<OriginalPage>,
) -> impl IntoView {
    let paper = |page: OriginalPage| {
        let width = page.width.round() as i32;
        let height = page.height.round() as i32;
        let number = page.number.to_string();
        view! {
            <div class="paper original" style=format!("aspect-ratio: {width} / {height}")>
                <img src=page.url alt=text::original_alt(&number) width=width height=height loading="lazy" />
                // What the list beside it says already, once more where it stands.
                <div class="places" aria-hidden="true">
                    {page.places.into_iter().map(place).collect_view()}
                </div>
            </div>
        }
    };
    view! {
        <section class="originals" aria-labelledby="original-title">
            <h2 id="original-title">{text::original_heading()}</h2>
            <p class="hint">{text::original_hint()}</p>
            {pages.into_iter().map(paper).collect_view()}
        </section>
    }
    .into_any()
}
