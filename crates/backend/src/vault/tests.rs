//! Tests of the door: what was sealed opens where it was sealed and nowhere else.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::*;

const PLACE: Place = Place {
    column: "runs.input_sealed",
    row: Uuid::nil(),
};
const SECRET: Place = Place {
    column: "model_keys.key_sealed",
    row: Uuid::from_u128(7),
};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn vault(folder: &Path) -> Vault {
    Vault::with_keys(folder.join("seal.key"))
}

#[test]
fn what_is_sealed_opens_and_shows_nothing_in_between() {
    let vault = Vault::default();
    let sealed = vault.seal(PLACE, b"canary").unwrap();
    assert_eq!(vault.open(PLACE, &sealed).unwrap(), b"canary");
    assert!(!format!("{sealed:?}").contains("canary"));
}

#[test]
fn an_unknown_format_is_refused_and_named_by_its_column_only() {
    let error = Vault::default()
        .open(PLACE, &Sealed(vec![9, 1, 2]))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "sealed bytes in runs.input_sealed have an unknown format"
    );
}

#[test]
fn a_secret_opens_for_every_holder_of_the_key_file_and_never_looks_the_same_twice() {
    let folder = folder();
    for bytes in [&b""[..], b"canary", &[0; 5000]] {
        let sealed = vault(folder.path()).seal(SECRET, bytes).unwrap();
        let again = vault(folder.path()).seal(SECRET, bytes).unwrap();
        assert_ne!(sealed, again);
        assert_eq!(sealed.0[0], KEYED);
        assert_eq!(vault(folder.path()).open(SECRET, &sealed).unwrap(), bytes);
        assert!(!sealed.0.windows(6).any(|part| part == b"canary"));
    }
}

#[test]
fn the_key_file_is_made_once_for_its_owner_only() {
    let folder = folder();
    let path = folder.path().join("deeper/seal.key");
    assert!(matches!(KeyFile::look(&path), KeyFile::Absent));
    let sealed = std::thread::scope(|scope| {
        let one = || {
            Vault::with_keys(path.clone())
                .seal(SECRET, b"canary")
                .unwrap()
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect::<Vec<_>>()
    });
    let vault = Vault::with_keys(path.clone());
    for sealed in &sealed {
        assert_eq!(vault.open(SECRET, sealed).unwrap(), b"canary");
    }
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o600);
    assert!(matches!(KeyFile::look(&path), KeyFile::Private(1)));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(KeyFile::look(&path), KeyFile::Open(0o644)));
}

#[test]
fn a_secret_copied_to_another_row_or_column_does_not_open() {
    let folder = folder();
    let vault = vault(folder.path());
    let sealed = vault.seal(SECRET, b"canary").unwrap();
    let row = Place {
        row: Uuid::from_u128(8),
        ..SECRET
    };
    let column = Place {
        column: "tests.once_plain",
        ..SECRET
    };
    for place in [row, column] {
        let error = vault.open(place, &sealed).unwrap_err();
        assert!(matches!(error, VaultError::NotAuthentic(_)), "{error}");
    }
}

#[test]
fn a_secret_with_any_byte_changed_or_missing_does_not_open() {
    let folder = folder();
    let vault = vault(folder.path());
    let sealed = vault.seal(SECRET, b"canary").unwrap();
    for place in 0..sealed.0.len() {
        let mut changed = sealed.clone();
        changed.0[place] ^= 1;
        assert!(
            vault.open(SECRET, &changed).is_err(),
            "byte {place} changed"
        );
        let short = Sealed(sealed.0[..place].to_vec());
        assert!(vault.open(SECRET, &short).is_err(), "cut at {place}");
    }
    let longer = Sealed([sealed.0.as_slice(), &[0]].concat());
    assert!(vault.open(SECRET, &longer).is_err());
}

#[test]
fn without_its_key_a_secret_does_not_open_and_the_reason_is_told() {
    let (one, other) = (folder(), folder());
    let sealed = vault(one.path()).seal(SECRET, b"canary").unwrap();
    let error = vault(other.path()).open(SECRET, &sealed).unwrap_err();
    assert!(
        matches!(error, VaultError::NoKey(_, KeyFileError::Missing(_))),
        "{error}"
    );
    assert!(
        !other.path().join("seal.key").exists(),
        "opening makes no key"
    );
    vault(other.path()).seal(SECRET, b"x").unwrap();
    let error = vault(other.path()).open(SECRET, &sealed).unwrap_err();
    assert!(matches!(error, VaultError::OtherKey(_)), "{error}");
    let error = Vault::default().open(SECRET, &sealed).unwrap_err();
    assert!(
        matches!(error, VaultError::NoKey(_, KeyFileError::None)),
        "{error}"
    );
}

#[test]
fn a_secret_is_never_kept_plain_and_plain_bytes_are_none() {
    let error = Vault::default().seal(SECRET, b"canary").unwrap_err();
    assert!(matches!(error, VaultError::NoKey(..)), "{error}");
    let folder = folder();
    let plain = Sealed([&[PLAIN], &b"canary"[..]].concat());
    let error = vault(folder.path()).open(SECRET, &plain).unwrap_err();
    assert!(matches!(error, VaultError::Format(_)), "{error}");
}

#[test]
fn what_a_column_held_before_it_was_encrypted_still_opens() {
    let folder = folder();
    let vault = vault(folder.path());
    let place = Place {
        column: "tests.once_plain",
        ..PLACE
    };
    let plain = Sealed([&[PLAIN], &b"canary"[..]].concat());
    assert_eq!(vault.open(place, &plain).unwrap(), b"canary");
    assert_eq!(vault.seal(place, b"canary").unwrap().0[0], KEYED);
}

#[test]
fn a_new_first_key_seals_and_the_old_one_still_opens() {
    let (folder, other) = (folder(), folder());
    let path = folder.path().join("seal.key");
    let vault = vault(folder.path());
    let old = vault.seal(SECRET, b"old").unwrap();
    Vault::with_keys(other.path().join("seal.key"))
        .seal(SECRET, b"x")
        .unwrap();
    let added = std::fs::read_to_string(other.path().join("seal.key")).unwrap();
    let kept = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{added}\n{kept}")).unwrap();
    let new = vault.seal(SECRET, b"new").unwrap();
    assert_ne!(old.0[1..9], new.0[1..9], "each says which key it needs");
    assert_eq!(vault.open(SECRET, &old).unwrap(), b"old");
    assert_eq!(vault.open(SECRET, &new).unwrap(), b"new");
    std::fs::write(&path, added).unwrap();
    assert!(matches!(
        vault.open(SECRET, &old),
        Err(VaultError::OtherKey(_))
    ));
    assert_eq!(vault.open(SECRET, &new).unwrap(), b"new");
}

#[test]
fn a_file_that_holds_something_else_is_told_by_its_line_and_shown_to_nobody() {
    let folder = folder();
    let path = folder.path().join("seal.key");
    for text in ["hunter2", "# a note\n\nhunter2hunter2", "aHVudGVyMg=="] {
        std::fs::write(&path, text).unwrap();
        let error = vault(folder.path()).seal(SECRET, b"canary").unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(told.contains("is no key"), "{told}");
        assert!(!told.contains("hunter") && !told.contains("aHVu"), "{told}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
    std::fs::write(&path, "# nothing\n").unwrap();
    assert!(matches!(
        vault(folder.path()).seal(SECRET, b"x"),
        Err(VaultError::NoKey(_, KeyFileError::Empty(_)))
    ));
    assert!(matches!(
        KeyFile::look(&path),
        KeyFile::Broken(KeyFileError::Empty(_))
    ));
}

#[test]
fn nothing_of_the_keys_shows_in_a_log() {
    let folder = folder();
    let vault = vault(folder.path());
    vault.seal(SECRET, b"canary").unwrap();
    let text = std::fs::read_to_string(folder.path().join("seal.key")).unwrap();
    let shown = format!("{vault:?}");
    assert!(!shown.contains(text.lines().last().unwrap()), "{shown}");
    assert!(shown.contains("REDACTED"), "{shown}");
}
