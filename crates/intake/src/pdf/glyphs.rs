//! What a page shows, glyph by glyph: characters with their place, size and weight, and the small
//! shapes that browsers draw as bullets.

use std::collections::HashMap;

use hayro_interpret::font::Glyph as DrawnGlyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Device, FillRule, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask,
};
use kurbo::{Affine, BezPath, Point, Rect, Shape as _};

use super::limits::{Budget, MAX_GLYPHS_PER_PAGE};

/// Smaller text than this is not meant to be read, in points.
const SMALLEST_READABLE: f32 = 3.0;
/// How many filled areas of a page are remembered as backgrounds.
const MAX_FILLS: usize = 1_000;
/// How many areas that let drawing through are remembered at a time.
const MAX_CLIPS: usize = 40;
/// A box with round corners has some twenty parts.
const MAX_OUTLINE: usize = 40;
/// How many drawn shapes are remembered, to tell outlined letters from hidden ones.
const MAX_INK: usize = 20_000;

/// A character (or ligature) at its place; `y` is its baseline, counted from the page's top.
#[allow(clippy::struct_excessive_bools)] // Looks, each for itself.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Red, green and blue.
    pub(super) color: [u8; 3],
    /// Its font does not tell how wide it is.
    pub(super) guessed: bool,
    /// Drawn so that nothing shows.
    invisible: bool,
    /// The marked part of the page it lies in, from 1.
    part: usize,
}

/// A small filled shape, perhaps a bullet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) size: f32,
}

/// All of a page.
#[derive(Debug, Default)]
pub(super) struct PageGlyphs {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) marks: Vec<Mark>,
    /// Text nobody can see: white on white, tiny, or drawn as invisible.
    pub(super) hidden: Vec<Glyph>,
    /// Characters that stand upright nowhere (margin notes, watermarks).
    pub(super) rotated: String,
    pub(super) has_image: bool,
}

/// How a font looks, found out once per font.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    bold: bool,
    italic: bool,
}

impl Style {
    /// Reads weight and slope from a PostScript name; `BX` is how TeX's bold fonts are called.
    pub(super) fn of_name(name: &str) -> Self {
        let lower = name.to_lowercase();
        let tex = lower.rsplit('+').next().unwrap_or_default();
        Self {
            bold: ["bold", "black", "heavy", "demi", "-bd"]
                .iter()
                .any(|word| lower.contains(word))
                || tex.starts_with("cmb")
                || tex.starts_with("sfbx")
                || tex.starts_with("sfcc") && tex.contains("bx"),
            italic: lower.contains("italic")
                || lower.contains("oblique")
                || tex.starts_with("cmti")
                || tex.starts_with("sfti")
                || tex.starts_with("cmsl"),
        }
    }
}

/// Collects glyphs while a page is interpreted.
pub(super) struct Reader<'b> {
    page: PageGlyphs,
    size: (f32, f32),
    fills: Vec<(Rect, [f32; 3])>,
    clips: Vec<Shaped>,
    /// How many clips are open, those that were not kept among them.
    depth: usize,
    /// Everything filled that is about as high as a letter, by height on the page.
    ink: HashMap<i32, Vec<Rect>>,
    inked: usize,
    parts: usize,
    open_parts: Vec<usize>,
    styles: HashMap<u128, Style>,
    budget: &'b mut Budget,
}

impl<'b> Reader<'b> {
    pub(super) fn new(
        size: (f32, f32),
        styles: HashMap<u128, Style>,
        budget: &'b mut Budget,
    ) -> Self {
        Self {
            page: PageGlyphs::default(),
            size,
            fills: Vec::new(),
            clips: Vec::new(),
            depth: 0,
            ink: HashMap::new(),
            inked: 0,
            parts: 0,
            open_parts: Vec::new(),
            styles,
            budget,
        }
    }

    /// The page; `spelled` has the spelling of each marked part where the source gives one.
    pub(super) fn finish(mut self, spelled: &[Option<String>]) -> PageGlyphs {
        if spelled.len() == self.parts {
            self.spell(spelled);
        }
        let glyphs = std::mem::take(&mut self.page.glyphs);
        let total = glyphs.len();
        let invisible = glyphs.iter().filter(|glyph| glyph.invisible).count();
        // A scan with recognised text shows a picture and hides all letters under it.
        let recognised = self.page.has_image && invisible == total;
        for mut glyph in glyphs {
            if glyph.invisible && !recognised {
                self.budget.spend_many(self.inked / 50);
            }
            let outlined = glyph.invisible && !recognised && self.is_outlined(&glyph);
            // Outlines stand for fonts that could not be embedded, the heavier ones above all.
            glyph.bold = glyph.bold || (outlined && invisible * 2 < total);
            if glyph.invisible && !outlined && !recognised {
                self.page.hidden.push(glyph);
            } else {
                self.page.glyphs.push(glyph);
            }
        }
        self.page
    }

    /// Puts in the spelling of ligatures whose characters the font does not tell. Longer parts are
    /// left alone: what a page shows counts, not what it says about itself.
    fn spell(&mut self, spelled: &[Option<String>]) {
        let mut done = 0;
        for glyph in &mut self.page.glyphs {
            let unknown = glyph
                .text
                .chars()
                .all(|one| matches!(one, '\0' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
            if glyph.part == 0 || glyph.part == done {
                continue;
            }
            // A hyphen that is there for the line's end only.
            let hyphen = matches!(glyph.text.as_str(), "-" | "\u{2010}");
            if hyphen && spelled.get(glyph.part - 1) == Some(&Some("\u{ad}".to_owned())) {
                "\u{ad}".clone_into(&mut glyph.text);
            }
            if !unknown {
                continue;
            }
            if let Some(Some(text)) = spelled.get(glyph.part - 1)
                && text.chars().count() <= 4
            {
                glyph.text.clone_from(text);
                done = glyph.part;
            }
        }
    }

    /// Whether outlines were drawn where a letter stands that is itself invisible.
    fn is_outlined(&self, glyph: &Glyph) -> bool {
        let middle = Point::new(
            f64::from(glyph.x + glyph.width / 2.0),
            f64::from(glyph.y - glyph.size * 0.25),
        );
        let reach = f64::from(glyph.size);
        let row = (glyph.y / 8.0) as i32;
        (row - 4..=row + 2)
            .filter_map(|row| self.ink.get(&row))
            .flatten()
            .any(|area| {
                area.height() < reach * 2.5
                    && area.inflate(reach * 0.5, reach * 0.5).contains(middle)
            })
    }

    fn style(&mut self, glyph: &DrawnGlyph<'_>) -> Style {
        let DrawnGlyph::Outline(outline) = glyph else {
            return Style::default();
        };
        let key = outline.font_cache_key();
        if let Some(style) = self.styles.get(&key) {
            return *style;
        }
        let style = outline.font_data().map_or_else(Style::default, |data| {
            let named = Style::of_name(data.postscript_name.as_deref().unwrap_or_default());
            Style {
                bold: named.bold || data.weight.is_some_and(|weight| weight >= 600),
                italic: named.italic || data.is_italic,
            }
        });
        self.styles.insert(key, style);
        style
    }

    /// What lies under a point: the last area filled there, else paper.
    fn background(&self, point: Point) -> [f32; 3] {
        self.fills
            .iter()
            .rev()
            .find(|(area, _)| area.contains(point))
            .map_or([1.0, 1.0, 1.0], |(_, color)| *color)
    }

    fn is_hidden(&self, size: f32, color: Option<Rgba>, mode: &GlyphDrawMode, at: Point) -> bool {
        if size < SMALLEST_READABLE {
            return true;
        }
        let (width, height) = (f64::from(self.size.0), f64::from(self.size.1));
        if at.x < -2.0 || at.y < -2.0 || at.x > width + 2.0 || at.y > height + 2.0 {
            return true;
        }
        let Some([red, green, blue, _]) = color else {
            return false;
        };
        let under = self.background(at);
        let difference =
            (red - under[0]).abs() + (green - under[1]).abs() + (blue - under[2]).abs();
        difference < 0.12 && !self.page.has_image && !shows_nothing(color, mode)
    }
}

/// A shape by its box and, where it is simple, its outline.
struct Shaped {
    area: Rect,
    outline: Option<(BezPath, FillRule)>,
}

impl Shaped {
    fn of(path: &BezPath, rule: FillRule) -> Self {
        let simple = path.elements().len() <= MAX_OUTLINE;
        Self {
            area: path.control_box(),
            outline: simple.then(|| (path.clone(), rule)),
        }
    }

    /// Whether a point is painted: the middle of a frame is not.
    fn covers(&self, point: Point) -> bool {
        self.outline.as_ref().is_none_or(|(path, rule)| match rule {
            FillRule::EvenOdd => path.winding(point) % 2 != 0,
            FillRule::NonZero => path.winding(point) != 0,
        })
    }
}

/// A colour: red, green, blue and how much of what lies under it it covers.
type Rgba = [f32; 4];

/// The colour of a paint; none for patterns. Worth asking once only: a colour may have a profile.
fn color_of(paint: &Paint<'_>) -> Option<Rgba> {
    match paint {
        Paint::Color(color) => Some(color.to_rgba().components()),
        Paint::Pattern(_) => None,
    }
}

/// Text that is there to be found, not to be seen.
fn shows_nothing(color: Option<Rgba>, mode: &GlyphDrawMode) -> bool {
    color.is_some_and(|[.., alpha]| alpha < 0.05) || matches!(mode, GlyphDrawMode::Invisible)
}

impl<'a> Device<'a> for Reader<'_> {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {
        self.budget.spend();
    }

    fn set_blend_mode(&mut self, _: BlendMode) {
        self.budget.spend();
    }

    fn draw_path(
        &mut self,
        path: &BezPath,
        transform: Affine,
        paint: &Paint<'a>,
        mode: &PathDrawMode,
    ) {
        self.budget.spend();
        let (PathDrawMode::Fill(rule), Paint::Color(color)) = (mode, paint) else {
            return;
        };
        // A whole line of outlined letters can be one path.
        let area = transform.transform_rect_bbox(path.control_box());
        let (width, height) = (area.width() as f32, area.height() as f32);
        let round = width > 0.0 && height > 0.0 && (0.6..=1.7).contains(&(width / height));
        if round && (1.2..=9.0).contains(&width) && self.page.marks.len() < MAX_FILLS {
            self.page.marks.push(Mark {
                x: area.center().x as f32,
                y: area.center().y as f32,
                size: width,
            });
        }
        if self.inked < MAX_INK && height < 120.0 {
            self.inked += 1;
            self.ink
                .entry((area.y1 / 8.0) as i32)
                .or_default()
                .push(area);
        }
        let [red, green, blue, alpha] = color.to_rgba().components();
        if alpha > 0.5 && width > 9.0 && height > 5.0 && self.fills.len() < MAX_FILLS {
            // Borders are drawn as frames, or as boxes of which only an edge is let through.
            let shape = Shaped::of(&(transform * path.clone()), *rule);
            let seen = self
                .clips
                .iter()
                .fold(area, |seen, clip| seen.intersect(clip.area));
            let middle = seen.center();
            if seen.width() > 9.0
                && seen.height() > 5.0
                && shape.covers(middle)
                && self.clips.iter().all(|clip| clip.covers(middle))
            {
                self.fills.push((seen, [red, green, blue]));
            }
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        // Every form begins with one, and forms may call each other without end.
        self.budget.spend_many(800);
        self.depth += 1;
        if self.clips.len() < MAX_CLIPS {
            self.clips.push(Shaped::of(&clip.path, clip.fill));
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.budget.spend();
    }

    fn draw_glyph(
        &mut self,
        glyph: &DrawnGlyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        self.budget.spend();
        if self.page.glyphs.len() + self.page.hidden.len() >= MAX_GLYPHS_PER_PAGE {
            self.budget.exhaust();
            return;
        }
        let whole = transform * glyph_transform;
        let [along, tilt, lean, up, left, base] = whole.as_coeffs();
        if !whole.as_coeffs().iter().all(|part| part.is_finite()) {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(one)) => one.to_string(),
            Some(BfString::String(several)) => several,
            None => '\u{fffd}'.to_string(),
        };
        let advance = match glyph {
            DrawnGlyph::Outline(outline) => outline.advance_width().unwrap_or(500.0),
            DrawnGlyph::Type3(_) => 500.0,
        };
        let size = (lean.hypot(up) * 1000.0) as f32;
        if along <= 0.0 || tilt.abs() > 0.05 * along || up.abs() < f64::EPSILON {
            if self.page.rotated.len() < 10_000 {
                self.page.rotated.push_str(&text);
            }
            return;
        }
        let style = self.style(glyph);
        let color = color_of(paint);
        let hidden = self.is_hidden(size, color, mode, Point::new(left, base - up.abs() * 250.0));
        let read = Glyph {
            text,
            x: left as f32,
            y: base as f32,
            width: advance.max(0.0) * along as f32,
            size,
            bold: style.bold,
            italic: style.italic,
            color: color.map_or([0; 3], |[red, green, blue, _]| {
                [red, green, blue].map(|part| (part.clamp(0.0, 1.0) * 255.0) as u8)
            }),
            guessed: matches!(glyph, DrawnGlyph::Type3(_)),
            invisible: shows_nothing(color, mode),
            part: self.open_parts.last().copied().unwrap_or_default(),
        };
        if hidden {
            self.page.hidden.push(read);
        } else {
            self.page.glyphs.push(read);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.budget.spend();
        self.page.has_image = true;
    }

    fn begin_marked_content(&mut self, _: &[u8], _: Option<i32>) {
        self.budget.spend();
        self.parts += 1;
        if self.open_parts.len() < 1_000 {
            self.open_parts.push(self.parts);
        }
    }

    fn end_marked_content(&mut self) {
        self.open_parts.pop();
    }

    fn pop_clip_path(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.clips.truncate(self.depth);
    }

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_covers_nothing_and_a_box_its_middle() {
        let outer = Rect::new(0.0, 0.0, 100.0, 20.0);
        let inner = Rect::new(1.0, 1.0, 99.0, 19.0);
        let mut frame = outer.to_path(0.1);
        let filled = Shaped::of(&frame, FillRule::NonZero);
        assert!(filled.covers(outer.center()));
        frame.extend(inner.path_elements(0.1));
        let framed = Shaped::of(&frame, FillRule::EvenOdd);
        assert!(!framed.covers(outer.center()));
        assert!(framed.covers(Point::new(0.5, 10.0)));
    }

    #[test]
    fn names_of_fonts_tell_their_weight() {
        for (name, bold, italic) in [
            ("ABCDEF+Lato-Bold", true, false),
            ("CMBX12", true, false),
            ("XYZABC+CMTI10", false, true),
            ("Helvetica-BoldOblique", true, true),
            ("SourceSans3-Regular", false, false),
        ] {
            let style = Style::of_name(name);
            assert_eq!((style.bold, style.italic), (bold, italic), "{name}");
        }
    }
}
