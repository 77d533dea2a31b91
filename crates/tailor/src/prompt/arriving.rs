//! An answer while it comes: its items, each as soon as it is whole.

use serde_json::Value;

/// Finds the objects of the answer's list in pieces of its text.
#[derive(Debug, Default)]
pub struct Arriving {
    text: String,
    /// How far it was read.
    at: usize,
    /// Braces and brackets that are open.
    open: Vec<u8>,
    in_string: bool,
    escaped: bool,
    /// Where the present item begins.
    begun: Option<usize>,
}

/// Text kept at most: an answer longer than that only shows its end when it is there.
const LONGEST: usize = 1 << 20;

impl Arriving {
    /// Takes the next piece and gives the items that it completed.
    pub fn hear(&mut self, piece: &str) -> Vec<Value> {
        if self.text.len() + piece.len() > LONGEST {
            return Vec::new();
        }
        self.text.push_str(piece);
        let mut items = Vec::new();
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            self.read(byte, &mut items);
            self.at += 1;
        }
        items
    }

    /// Forgets everything: the answer begins anew.
    pub fn anew(&mut self) {
        *self = Self::default();
    }

    fn read(&mut self, byte: u8, items: &mut Vec<Value>) {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            // What stands before the answer, a fence or a thought, is not JSON.
            b'"' => self.in_string = !self.open.is_empty(),
            b'{' | b'[' => {
                // An item is an object in a list in the answer's object.
                if byte == b'{' && self.open == [b'{', b'['] {
                    self.begun = Some(self.at);
                }
                self.open.push(byte);
            }
            b'}' | b']' => {
                self.open.pop();
                if byte == b'}'
                    && self.open == [b'{', b'[']
                    && let Some(begun) = self.begun.take()
                    && let Some(item) = self.text.get(begun..=self.at)
                    && let Ok(item) = serde_json::from_str(item)
                {
                    items.push(item);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn items_come_when_they_are_whole_however_the_text_is_cut() {
        let text = r#"```json {"lines": [{"id": "a", "text": "x } \" ] {"}, {"id": "b", "cites": [{"n": 1}]}]}```"#;
        let expected = [
            json!({"id": "a", "text": "x } \" ] {"}),
            json!({"id": "b", "cites": [{"n": 1}]}),
        ];
        for size in [1, 2, 7, 1000] {
            let mut arriving = Arriving::default();
            let mut items = Vec::new();
            let letters: Vec<char> = text.chars().collect();
            for piece in letters.chunks(size) {
                items.extend(arriving.hear(&piece.iter().collect::<String>()));
            }
            assert_eq!(items, expected, "in pieces of {size}");
        }
    }

    #[test]
    fn an_answer_that_begins_anew_is_heard_anew() {
        let mut arriving = Arriving::default();
        assert!(arriving.hear(r#"{"lines": [{"id": "a"#).is_empty());
        arriving.anew();
        assert_eq!(
            arriving.hear(r#"{"lines": [{"id": "b"}"#),
            [json!({"id": "b"})]
        );
    }

    #[test]
    fn what_is_no_json_gives_nothing_and_breaks_nothing() {
        let mut arriving = Arriving::default();
        for piece in ["]]}}", "\"", "{[{", "oops}}", "é\\", "{\"lines\":[{oops}]}"] {
            assert!(arriving.hear(piece).is_empty(), "{piece}");
        }
    }
}
