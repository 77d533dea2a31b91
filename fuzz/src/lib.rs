//! What each target does with its input and what must hold afterwards. The two modules are shared
//! with the ordinary tests `kept` of intake and tailor, which try the kept inputs again.

pub mod readers;
pub mod tailoring;
