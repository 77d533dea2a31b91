//! The pages: paper on a desk, with proof in the margin.

use career::view::{Explanation, LineMark, PageView};
use leptos::prelude::*;

use super::choice::Choice;
use super::line_mark::{LineButton, Place, percent};
use super::proof::Proof;
use crate::{browser, text};

/// Marks this close to each other stand on one row of the page.
const ROW: f32 = 0.006;

/// Where the lines of a page can be pointed at: each from its left edge to its neighbour's, the
/// first of a row from the page's edge, so that the margin belongs to it.
fn places(marks: &[LineMark]) -> Vec<(String, Place)> {
    let mut sorted: Vec<&LineMark> = marks.iter().collect();
    sorted.sort_by(|one, other| {
        let same_row = (one.top - other.top).abs() < ROW;
        if same_row {
            one.left.total_cmp(&other.left)
        } else {
            one.top.total_cmp(&other.top)
        }
    });
    let same_row = |one: &LineMark, other: &LineMark| (one.top - other.top).abs() < ROW;
    let place = |position: usize| {
        let mark = sorted[position];
        let leads = position == 0 || !same_row(sorted[position - 1], mark);
        let right = sorted
            .get(position + 1)
            .filter(|next| same_row(mark, next))
            .map_or(1.0, |next| next.left);
        let left = if leads { 0.0 } else { mark.left };
        let place = Place {
            top: mark.top,
            height: mark.height,
            left,
            width: (right - left).max(0.02),
            leads,
        };
        (mark.line.clone(), place)
    };
    (0..sorted.len()).map(place).collect()
}

#[component]
fn Paper(
    /// The page.
    page: PageView,
    /// Its lines.
    explanation: StoredValue<Explanation>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let places = places(&page.marks);
    let here = StoredValue::new(places.clone());
    let shown = Memo::new(move |_| {
        let line = choice.shown_line()?;
        here.with_value(|places| places.iter().find(|(id, _)| *id == line).cloned())
    });
    let buttons = places
        .into_iter()
        .filter_map(|(id, place)| {
            let line = explanation
                .with_value(|all| all.lines.iter().find(|line| line.id == id).cloned())?;
            Some(view! { <LineButton line place explanation choice /> })
        })
        .collect_view();
    let width = page.width.round() as i32;
    let height = page.height.round() as i32;
    let number = page.number.to_string();
    view! {
        <div class="paper" role="group" aria-label=text::page_label(&number) style=format!("aspect-ratio: {width} / {height}")>
            <img src=page.url alt=text::page_alt(&number) width=width height=height />
            <ol class="marks">{buttons}</ol>
            <div class="proof-place" aria-live="polite">
                {move || {
                    shown
                        .get()
                        .map(|(id, place)| {
                            // Below the middle it grows upwards, so that it stays in sight.
                            let style = if place.top < 0.5 {
                                format!("top: {}", percent(place.top))
                            } else {
                                format!("bottom: {}", percent(1.0 - place.top - place.height))
                            };
                            view! { <Proof id style explanation choice /> }
                        })
                }}
            </div>
        </div>
    }
    .into_any()
}

/// All pages, one under the other.
#[component]
pub fn PagesPane(
    /// The pages.
    pages: Vec<PageView>,
    /// Their lines.
    explanation: StoredValue<Explanation>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let papers = pages
        .into_iter()
        .map(|page| view! { <Paper page explanation choice /> })
        .collect_view();
    let arrows = move |event: leptos::ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        browser::focus_neighbour(".line-mark", step);
    };
    view! {
        <section class="pane desk" aria-labelledby="pages-title" on:keydown=arrows
            on:mouseleave=move |_| choice.hover(None)
            on:mousemove=move |event| choice.mouse_moved(event.movement_x(), event.movement_y())
        >
            <h2 id="pages-title" class="visually-hidden">
                {text::pane_pages_heading()}
            </h2>
            {papers}
            <p class="hint">{text::mark_hint()}</p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(line: &str, top: f32, left: f32) -> LineMark {
        LineMark {
            line: line.to_owned(),
            top,
            left,
            height: 0.01,
        }
    }

    #[test]
    fn a_row_is_shared_from_left_to_right_and_its_first_owns_the_margin() {
        let marks = [
            mark("dates", 0.2001, 0.8),
            mark("title", 0.2, 0.1),
            mark("next", 0.3, 0.1),
        ];
        let found = places(&marks);
        let ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, ["title", "dates", "next"]);
        assert!(found[0].1.leads && !found[1].1.leads && found[2].1.leads);
        assert!(found[0].1.left == 0.0 && (found[0].1.width - 0.8).abs() < 1e-6);
        assert!((found[1].1.left - 0.8).abs() < 1e-6);
    }
}
