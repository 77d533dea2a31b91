fn main() { for p in std::env::args().skip(1) { let b=std::fs::read(&p).unwrap(); println!("== {p}"); match intake::read_evidence(&p,&b) { Err(e)=>println!("ERR {}", e.code()), Ok(e)=>{ let p=e.profile;
 let f=|o:&Option<career::Field>| o.as_ref().map(|f| f.text.replace('\n'," / ")).unwrap_or_default();
 println!("{:?} NAME {:?} HEAD {:?}", e.kind, p.name.iter().map(|f|&f.text).collect::<Vec<_>>(), f(&p.headline));
 for c in &p.contacts { println!("  {:?} {:?}", c.kind, c.parts.iter().map(|f|&f.text).collect::<Vec<_>>()); }
 for s in &p.summary { println!("  SUMMARY {}", s.text); }
 for e in &p.entries { println!("  {:?} t={:?} s={:?} o={:?} l={:?} {:?}..{:?} u={:?} score={:?}", e.section, f(&e.title), f(&e.subtitle), f(&e.organization), f(&e.location), e.start.as_ref().and_then(|d|d.date).map(|d|d.to_string()), e.end.as_ref().and_then(|d|d.date).map(|d|d.to_string()), f(&e.url), f(&e.score));
  for s in &e.summary { println!("      S {}", s.text); } for s in &e.highlights { println!("      * {}", s.text.replace('\n'," / ")); } if !e.keywords.is_empty() { println!("      K {:?}", e.keywords.iter().map(|f|&f.text).collect::<Vec<_>>()); } }
 for g in p.skills.iter().chain(&p.interests) { println!("  GROUP {:?} {:?} {:?}", f(&g.name), f(&g.level), g.keywords.iter().map(|f|&f.text).collect::<Vec<_>>()); }
 for l in &p.languages { println!("  LANG {} {:?}", l.language.text, f(&l.fluency)); }
 for u in &p.unread { println!("  UNREAD {} {:?}", u.locator, u.content); }
 println!("  NOTICES {:?}", e.notices);
 } } } }
