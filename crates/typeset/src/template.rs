//! The templates there are.

use crate::error::TypesetError;

/// A template as a person chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateInfo {
    /// The name used in options and commands.
    pub name: &'static str,
    /// What it looks like, in one sentence.
    pub summary: &'static str,
}

const TEMPLATES: [TemplateInfo; 1] = [TemplateInfo {
    name: "ledger",
    summary: "One column, hairlines under the headings, dates at the right edge",
}];

/// All templates; the first is the one used when none is named.
pub fn templates() -> &'static [TemplateInfo] {
    &TEMPLATES
}

/// The source of a template.
pub(crate) fn source(name: &str) -> Result<&'static str, TypesetError> {
    match name {
        "ledger" => Ok(include_str!("../templates/ledger.typ")),
        _ => Err(TypesetError::UnknownTemplate {
            name: name.to_owned(),
        }),
    }
}
