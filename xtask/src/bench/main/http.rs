//! As much of HTTP/1.1 as measuring needs: requests over one connection, timed to the first byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::sh::{Done, TaskError};

/// One connection that is kept.
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

/// An answer.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Where it leads, when it leads elsewhere.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// Until the first byte came.
    pub first_byte: Duration,
}

impl Connection {
    /// Connects to `127.0.0.1:PORT`.
    pub fn open(host: &str) -> Done<Self> {
        let stream = TcpStream::connect(host).map_err(trouble)?;
        stream.set_nodelay(true).map_err(trouble)?;
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .map_err(trouble)?;
        Ok(Self {
            stream: BufReader::new(stream),
            host: host.to_owned(),
        })
    }

    /// Asks for a path.
    pub fn get(&mut self, path: &str) -> Done<Answer> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n\r\n",
            self.host
        );
        self.ask(request.as_bytes())
    }

    /// Sends a form.
    pub fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Done<Answer> {
        const BORDER: &str = "bench-form-border";
        let part = |(name, value): &(&str, &str)| {
            format!(
                "--{BORDER}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
        };
        let parts: Vec<String> = fields.iter().map(part).collect();
        let body = format!("{}--{BORDER}--\r\n", parts.concat());
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n\
             Content-Type: multipart/form-data; boundary={BORDER}\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.ask(request.as_bytes())
    }

    fn ask(&mut self, request: &[u8]) -> Done<Answer> {
        let began = Instant::now();
        self.stream.get_mut().write_all(request).map_err(trouble)?;
        let status = self.line()?;
        let first_byte = began.elapsed();
        let status = status
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .unwrap_or(0);
        let (mut length, mut chunked, mut location) = (0, false, None);
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().unwrap_or(0),
                "transfer-encoding" => chunked = value.contains("chunked"),
                "location" => location = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        let body = if chunked {
            self.chunks()?
        } else {
            self.bytes(length)?
        };
        Ok(Answer {
            status,
            location,
            body,
            first_byte,
        })
    }

    fn line(&mut self) -> Done<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line).map_err(trouble)?;
        Ok(line.trim_end().to_owned())
    }

    fn bytes(&mut self, length: usize) -> Done<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).map_err(trouble)?;
        Ok(bytes)
    }

    fn chunks(&mut self) -> Done<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(self.line()?.trim(), 16).unwrap_or(0);
            body.extend(self.bytes(length)?);
            self.line()?;
            if length == 0 {
                return Ok(body);
            }
        }
    }
}

fn trouble(error: std::io::Error) -> TaskError {
    TaskError::Found(format!("the server under measurement: {error}"))
}
