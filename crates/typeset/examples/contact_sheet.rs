//! Draws a contact sheet of each template, the showcase's short, long and Japanese résumé side by side, and
//! one of the short letter in all templates.
//!
//! `contact_sheet OUT`, from the repository's root; the images under `docs/templates` are made so.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::path::PathBuf;

use tiny_skia::{Color, Pixmap, PixmapPaint, Transform};
use typeset::{Catalog, Letter, PrintJob, PrintOptions, Typesetter};

const DPI: u16 = 50;
const GAP: u32 = 14;
/// The résumés, their language, how many of their pages are shown.
const SHOWN: [(&str, &str, usize); 3] = [
    ("short", "en", 1),
    ("long", "en", 2),
    ("other-scripts", "ja", 1),
];

fn main() {
    let out = PathBuf::from(std::env::args().nth(1).expect("a folder for the images"));
    std::fs::create_dir_all(&out).unwrap();
    let typesetter = Typesetter::new();
    for template in Catalog::built_in().infos() {
        let mut pages: Vec<Pixmap> = Vec::new();
        for (name, language, shown) in SHOWN {
            let path = format!("fixtures/showcase/{name}.json");
            let bytes = std::fs::read(path).expect("run it from the repository's root");
            let profile = intake::read_evidence("resume.json", &bytes)
                .unwrap()
                .profile;
            let draft = common::draft_of(&profile, language, 2);
            let options = PrintOptions {
                template: template.name.clone(),
                ..PrintOptions::default()
            };
            let job = PrintJob::new(&draft, &profile.facts, options).unwrap();
            let printed = typesetter.print(&job.with_pictures(DPI)).unwrap();
            let pictures = printed.png_pages.iter().take(shown);
            pages.extend(pictures.map(|page| Pixmap::decode_png(page).unwrap()));
        }
        let shown = pages.len();
        let file = out.join(format!("{}.png", template.name));
        sheet(&pages, shown).save_png(file).unwrap();
    }
    let file = out.join("letters.png");
    sheet(&letters(&typesetter), 5).save_png(file).unwrap();
}

/// The first page of the letter in each template.
fn letters(typesetter: &Typesetter) -> Vec<Pixmap> {
    let read = |path: &str| std::fs::read(path).expect("run it from the repository's root");
    let profile = intake::read_evidence("resume.json", &read("fixtures/showcase/short.json"))
        .unwrap()
        .profile;
    let draft = common::draft_of(&profile, "en", 1);
    let letter = Letter::parse(&read("fixtures/letters/short-en.txt")).unwrap();
    let catalog = Catalog::built_in();
    let pages = catalog.infos().into_iter().map(|template| {
        let options = PrintOptions {
            template: template.name,
            ..PrintOptions::default()
        };
        let job = PrintJob::letter(&catalog, &draft, &profile.facts, &letter, options).unwrap();
        let printed = typesetter.print(&job.with_pictures(DPI)).unwrap();
        Pixmap::decode_png(&printed.png_pages[0]).unwrap()
    });
    pages.collect()
}

/// The pages in rows of so many.
fn sheet(pages: &[Pixmap], columns: usize) -> Pixmap {
    let rows: Vec<&[Pixmap]> = pages.chunks(columns).collect();
    let high = |row: &[Pixmap]| row.iter().map(Pixmap::height).max().unwrap() + GAP;
    let wide = |row: &[Pixmap]| row.iter().map(|page| page.width() + GAP).sum::<u32>();
    let height = rows.iter().map(|row| high(row)).sum::<u32>() + GAP;
    let width = rows.iter().map(|row| wide(row)).max().unwrap() + GAP;
    let mut sheet = Pixmap::new(width, height).unwrap();
    sheet.fill(Color::from_rgba8(0xe6, 0xe0, 0xd6, 255));
    let mut top = GAP;
    for row in rows {
        let mut left = GAP;
        for page in row {
            let place = (left.cast_signed(), top.cast_signed());
            let (paint, still) = (PixmapPaint::default(), Transform::identity());
            sheet.draw_pixmap(place.0, place.1, page.as_ref(), &paint, still, None);
            left += page.width() + GAP;
        }
        top += high(row);
    }
    sheet
}
