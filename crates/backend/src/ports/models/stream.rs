//! Takes an answer apart as it arrives: one whole JSON, server-sent events, or JSON lines.

use serde_json::Value;

use super::error::ModelError;
use super::said::{End, Said};
use super::settings::Provider;
use super::wire;

/// How the pieces of an answer are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// There is one piece.
    Whole,
    /// Server-sent events.
    Events,
    /// A piece a line.
    Lines,
}

impl Framing {
    /// As the answer says of itself; a stream that says nothing is what its provider sends.
    pub(super) fn of(content_type: &str, provider: Provider, stream: bool) -> Self {
        let is = |part: &str| content_type.contains(part);
        if is("event-stream") {
            Self::Events
        } else if is("ndjson") || is("jsonl") || is("json-seq") {
            Self::Lines
        } else if is("json") || !stream {
            Self::Whole
        } else if provider == Provider::Ollama {
            Self::Lines
        } else {
            Self::Events
        }
    }
}

/// Bytes that have come and are not yet understood.
pub(super) struct Decoder {
    framing: Framing,
    provider: Provider,
    /// The line that is not complete yet; the whole body where there are no lines.
    pending: Vec<u8>,
    /// The data of the event that is not complete yet.
    event: String,
}

impl Decoder {
    pub(super) fn new(framing: Framing, provider: Provider) -> Self {
        Self {
            framing,
            provider,
            pending: Vec::new(),
            event: String::new(),
        }
    }

    /// Takes in the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], said: &mut Said) -> Result<(), ModelError> {
        if self.framing == Framing::Whole {
            self.pending.extend_from_slice(bytes);
            return Ok(());
        }
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            self.pending.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            let line = std::mem::take(&mut self.pending);
            self.line(&line, said)?;
        }
        self.pending.extend_from_slice(rest);
        Ok(())
    }

    fn line(&mut self, line: &[u8], said: &mut Said) -> Result<(), ModelError> {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches('\r');
        if self.framing == Framing::Lines {
            return self.piece(line, said);
        }
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            return self.piece(&event, said);
        }
        // Names of events say nothing that their data does not; comments keep the line alive.
        if let Some(data) = line.strip_prefix("data:") {
            if !self.event.is_empty() {
                self.event.push('\n');
            }
            self.event.push_str(data.strip_prefix(' ').unwrap_or(data));
        }
        Ok(())
    }

    fn piece(&self, text: &str, said: &mut Said) -> Result<(), ModelError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if text == "[DONE]" {
            if said.end.is_none() {
                said.ends(End::Complete);
            }
            return Ok(());
        }
        // Some servers forget the empty line between two events.
        for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
            let value = value.map_err(|error| {
                if error.is_eof() {
                    ModelError::CutOff
                } else {
                    ModelError::Garbled
                }
            })?;
            match value {
                Value::Array(pieces) => {
                    for piece in &pieces {
                        wire::absorb(self.provider, said, piece)?;
                    }
                }
                piece => wire::absorb(self.provider, said, &piece)?,
            }
        }
        Ok(())
    }

    /// Takes in what is left when no more comes.
    pub(super) fn finish(mut self, said: &mut Said) -> Result<(), ModelError> {
        let rest = std::mem::take(&mut self.pending);
        match self.framing {
            Framing::Whole => {
                if rest.iter().all(u8::is_ascii_whitespace) {
                    return Err(ModelError::Empty);
                }
                self.piece(&String::from_utf8_lossy(&rest), said)
            }
            Framing::Lines => self.line(&rest, said),
            Framing::Events => {
                self.line(&rest, said)?;
                let event = std::mem::take(&mut self.event);
                self.piece(&event, said)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(bytes: &[u8], step: usize) -> Result<String, ModelError> {
        let mut said = Said::default();
        let mut decoder = Decoder::new(Framing::Events, Provider::OpenAi);
        for part in bytes.chunks(step) {
            decoder.feed(part, &mut said)?;
        }
        decoder.finish(&mut said)?;
        said.verdict(true)?;
        Ok(said.text)
    }

    #[test]
    fn a_stream_reads_the_same_wherever_it_is_cut() {
        let piece = |text: &str| {
            format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}")
        };
        let stream = format!(
            ": PROCESSING\r\n\r\n{}\r\n\r\nevent: x\n{}\n{}\n\ndata: [DONE]",
            piece("Zoë "),
            piece("🚀"),
            piece("!"),
        );
        for step in 1..stream.len() {
            assert_eq!(heard(stream.as_bytes(), step).unwrap(), "Zoë 🚀!");
        }
        for end in 0..stream.len() - "\n\ndata: [DONE]".len() {
            let error = heard(&stream.as_bytes()[..end], 7).unwrap_err();
            assert_eq!(error, ModelError::CutOff, "{end}");
        }
    }

    #[test]
    fn what_an_answer_says_of_itself_decides_how_it_is_read() {
        let of = |said, stream| Framing::of(said, Provider::Ollama, stream);
        assert_eq!(of("text/event-stream", false), Framing::Events);
        assert_eq!(of("application/x-ndjson", true), Framing::Lines);
        assert_eq!(of("application/json; charset=UTF-8", true), Framing::Whole);
        assert_eq!(of("", true), Framing::Lines);
        assert_eq!(of("text/html", false), Framing::Whole);
    }
}
