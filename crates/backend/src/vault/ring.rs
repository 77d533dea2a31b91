//! The key ring: master keys in a file apart from the database, so that whoever gets the one without
//! the other gets nothing. The first key of the file seals, every one of them opens.

use std::fmt::Write as _;
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, ExposeSecretMut, SecretBox, SecretString};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Bytes of a master key.
const KEY: usize = 32;
/// Bytes of a key's id in what it sealed.
const ID: usize = 8;
/// Bytes of what makes the key of one sealing.
const SALT: usize = 16;
/// Bytes of a key file that are read.
const FILE: u64 = 64 * 1024;
/// What the keys of single sealings are for, and nothing else.
const USE: &[u8] = b"llmployable seal 1";

/// Why the key file cannot be used. Never says anything of what is in it.
#[derive(Debug, Error)]
pub enum KeyFileError {
    /// This program was started without one.
    #[error("no key file is configured")]
    None,
    /// It is not there.
    #[error("the key file {} is missing", .0.display())]
    Missing(PathBuf),
    /// It cannot be read.
    #[error("the key file {} cannot be read: {}", .0.display(), .1)]
    Unreadable(PathBuf, ErrorKind),
    /// It holds something else than keys.
    #[error("line {} of the key file {} is no key of 32 bytes in base64", .1, .0.display())]
    Malformed(PathBuf, usize),
    /// It holds nothing.
    #[error("the key file {} holds no key", .0.display())]
    Empty(PathBuf),
    /// It could not be made.
    #[error("the key file {} cannot be made: {}", .0.display(), .1)]
    NotMade(PathBuf, ErrorKind),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandom,
}

/// Why bytes were not opened.
#[derive(Debug)]
pub(super) enum Unopened {
    /// There are no keys.
    File(KeyFileError),
    /// None of the keys sealed them.
    OtherKey,
    /// They are not what was sealed, or not where it was.
    NotAuthentic,
}

/// A master key with the name it goes by in what it sealed.
#[derive(Debug)]
struct Master {
    id: [u8; ID],
    key: SecretBox<[u8; KEY]>,
}

impl Master {
    fn of(key: SecretBox<[u8; KEY]>) -> Self {
        let digest = Sha256::new()
            .chain_update(b"llmployable key id")
            .chain_update(key.expose_secret())
            .finalize();
        let mut id = [0; ID];
        id.copy_from_slice(&digest[..ID]);
        Self { id, key }
    }

    /// The key of one sealing. Each has its own, so that random nonces never run out.
    fn derived(&self, salt: &[u8]) -> Option<LessSafeKey> {
        let material = Salt::new(HKDF_SHA256, salt).extract(self.key.expose_secret());
        let key = UnboundKey::from(material.expand(&[USE], &AES_256_GCM).ok()?);
        Some(LessSafeKey::new(key))
    }
}

/// By what it is known that a file is still the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    length: u64,
    modified: Option<SystemTime>,
}

type Masters = Arc<Vec<Master>>;

/// The keys of a file, read when they are needed and again when the file is another.
#[derive(Debug)]
pub struct KeyRing {
    path: PathBuf,
    known: RwLock<Option<(Stamp, Masters)>>,
}

impl KeyRing {
    /// The ring of that file, which is made when something is sealed for the first time.
    pub fn at(path: PathBuf) -> Self {
        Self {
            path,
            known: RwLock::default(),
        }
    }

    /// Seals bytes with what they are bound to: key id, salt, nonce, ciphertext.
    pub(super) fn seal(&self, bound: &[u8], bytes: &[u8]) -> Result<Vec<u8>, KeyFileError> {
        let masters = match self.masters() {
            Err(KeyFileError::Missing(_)) => {
                make(&self.path)?;
                self.masters()?
            }
            masters => masters?,
        };
        let master = masters
            .first()
            .ok_or_else(|| KeyFileError::Empty(self.path.clone()))?;
        let mut fresh = [0; SALT + NONCE_LEN];
        let filled = SystemRandom::new().fill(&mut fresh);
        filled.map_err(|_| KeyFileError::NoRandom)?;
        let (salt, nonce) = fresh.split_at(SALT);
        let mut sealed = bytes.to_vec();
        let key = master.derived(salt).ok_or(KeyFileError::NoRandom)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| KeyFileError::NoRandom)?;
        key.seal_in_place_append_tag(nonce, Aad::from(bound_to(master, bound)), &mut sealed)
            .map_err(|_| KeyFileError::NoRandom)?;
        Ok([&master.id[..], &fresh, &sealed].concat())
    }

    /// Opens what [`Self::seal`] made, with what it was bound to.
    pub(super) fn open(&self, bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
        let (id, rest) = sealed
            .split_first_chunk::<ID>()
            .ok_or(Unopened::NotAuthentic)?;
        let (salt, rest) = rest
            .split_first_chunk::<SALT>()
            .ok_or(Unopened::NotAuthentic)?;
        let (nonce, rest) = rest
            .split_first_chunk::<NONCE_LEN>()
            .ok_or(Unopened::NotAuthentic)?;
        let masters = self.masters().map_err(Unopened::File)?;
        let master = masters.iter().find(|master| master.id == *id);
        let master = master.ok_or(Unopened::OtherKey)?;
        let key = master.derived(salt).ok_or(Unopened::NotAuthentic)?;
        let mut bytes = rest.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = key.open_in_place(nonce, Aad::from(bound_to(master, bound)), &mut bytes);
        let length = opened.map_err(|_| Unopened::NotAuthentic)?.len();
        bytes.truncate(length);
        Ok(bytes)
    }

    fn masters(&self) -> Result<Masters, KeyFileError> {
        let stamp = match std::fs::metadata(&self.path) {
            Ok(found) => Stamp {
                inode: found.ino(),
                length: found.len(),
                modified: found.modified().ok(),
            },
            Err(error) => return Err(unreadable(&self.path, &error)),
        };
        {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, masters)) = known.as_ref().filter(|(as_read, _)| *as_read == stamp) {
                return Ok(Arc::clone(masters));
            }
        }
        let masters = Arc::new(read(&self.path)?);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = Some((stamp, Arc::clone(&masters)));
        Ok(masters)
    }
}

/// What is authenticated besides the bytes: the place, and which key it is.
fn bound_to(master: &Master, bound: &[u8]) -> Vec<u8> {
    [&master.id[..], bound].concat()
}

fn unreadable(path: &Path, error: &std::io::Error) -> KeyFileError {
    match error.kind() {
        ErrorKind::NotFound => KeyFileError::Missing(path.to_owned()),
        kind => KeyFileError::Unreadable(path.to_owned(), kind),
    }
}

/// Reads a key a line; what begins with `#` is for people.
fn read(path: &Path) -> Result<Vec<Master>, KeyFileError> {
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    let read = file.take(FILE).read_to_string(&mut text);
    // Wiped when it is dropped.
    let text = SecretString::from(text);
    read.map_err(|error| unreadable(path, &error))?;
    let mut masters = Vec::new();
    for (number, line) in (1..).zip(text.expose_secret().lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut key = SecretBox::new(Box::new([0; KEY + 1]));
        let bytes = key.expose_secret_mut();
        let length = STANDARD.decode_slice(line, bytes);
        if length != Ok(KEY) {
            return Err(KeyFileError::Malformed(path.to_owned(), number));
        }
        masters.push(Master::of(SecretBox::init_with_mut(
            |master: &mut [u8; KEY]| {
                master.copy_from_slice(&key.expose_secret()[..KEY]);
            },
        )));
    }
    if masters.is_empty() {
        return Err(KeyFileError::Empty(path.to_owned()));
    }
    Ok(masters)
}

/// Makes a file with one new key, readable by its owner only. One that is there is left alone.
fn make(path: &Path) -> Result<(), KeyFileError> {
    let not_made = |error: std::io::Error| KeyFileError::NotMade(path.to_owned(), error.kind());
    let mut key = [0; KEY];
    let filled = SystemRandom::new().fill(&mut key);
    filled.map_err(|_| KeyFileError::NoRandom)?;
    let mut text = String::from(
        "# Opens what LLMployable keeps sealed. Keep it with your backups, apart from the database.\n",
    );
    let written = writeln!(text, "{}", STANDARD.encode(key));
    written.map_err(|_| KeyFileError::NoRandom)?;
    let text = SecretString::from(text);
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(not_made)?;
    // Written whole and with its mode before it has its name: nobody ever reads half a key.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(not_made)?;
    file.write_all(text.expose_secret().as_bytes())
        .map_err(not_made)?;
    file.as_file().sync_all().map_err(not_made)?;
    match file.persist_noclobber(path) {
        Ok(_) => {
            let named = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
            named.map_err(not_made)?;
            tracing::info!(file = %path.display(), "a key to seal with was made");
            Ok(())
        }
        // Another process was first: its key is the one.
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(not_made(error.error)),
    }
}

/// How a key file stands, for whoever looks after it.
#[derive(Debug)]
pub enum KeyFile {
    /// None was needed yet.
    Absent,
    /// It can be used, has so many keys, and only its owner reads it.
    Private(usize),
    /// It can be used, and others may read it: that is its mode.
    Open(u32),
    /// It cannot be used.
    Broken(KeyFileError),
}

impl KeyFile {
    /// Looks at the file, and makes none.
    pub fn look(path: &Path) -> Self {
        let mode = match std::fs::metadata(path) {
            Ok(found) => found.mode() & 0o7777,
            Err(error) if error.kind() == ErrorKind::NotFound => return Self::Absent,
            Err(error) => return Self::Broken(unreadable(path, &error)),
        };
        match read(path) {
            Ok(_) if mode & 0o077 != 0 => Self::Open(mode),
            Ok(masters) => Self::Private(masters.len()),
            Err(error) => Self::Broken(error),
        }
    }
}
