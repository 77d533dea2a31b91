//! Whose deed, whose title, whose figure: what the evidence says of others and of other things is not
//! told of the person, and not of anything else.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "common/cases.rs"]
mod cases;

use cases::hold;

#[test]
fn what_others_did_is_not_told_as_ones_own() {
    hold(
        "
        = Moved the archive to Nextcloud in 2021 with a contractor. The contractor did the data transfer; I wrote the checklist.
        + Wrote the checklist for moving the archive to Nextcloud in 2021, with a contractor
        - Did the data transfer and wrote the checklist
        = Orders went from 20 to 26 a week in 2014, after the owner's brother had rebuilt the shop.
        + Orders went from 20 to 26 a week in 2014, after the shop had been rebuilt by the owner's brother
        - Rebuilt the shop; orders went from 20 to 26 a week in 2014
        = Lead a late shift of 11 packers; the depot manager writes the rosters.
        + Lead a late shift of 11 packers; the rosters are written by the depot manager
        - Lead a late shift of 11 packers and write the rosters
        = Introduced 3 trainees to welding; the final examination is done by the head of the workshop.
        - Introduced 3 trainees to welding and did the final examination
        = I wrote the queries, a designer drew the map.
        + I wrote the queries; the map was drawn by a designer
        - Wrote the queries and drew the map
        = Demonstrate scanners and lamps. The service technicians do the installation.
        - Demonstrate and install scanners and lamps
        = Wrote most of the code; two contributors added the manual.
        - Wrote most of the code and the manual
        ",
    );
}

#[test]
fn a_title_in_a_sentence_is_nobodys_own() {
    hold(
        "
        = Repaired 85 registers in 2021; the master bookbinder renewed the spines.
        - Master bookbinder who repaired 85 registers in 2021
        = Instruct the two assistants when the survey manager is absent.
        + When the survey manager is absent, instruct the two assistants
        - Survey manager instructing the two assistants
        = Supervised 4 students jointly with a senior colleague.
        - Senior Engineer, supervising 4 students jointly with a colleague
        ",
    );
}

#[test]
fn what_is_said_of_a_thing_stays_with_it() {
    hold(
        "
        = Benchmarks exist for amd64; ARM is untested.
        - Benchmarks exist for amd64, and ARM is tested
        = Board waste fell from 18% to 12% in 2022. The owner had introduced a new cutting plan the year before.
        - A new cutting plan reduced board waste from 18% to 12% in 2022
        = Reached the target in 6 of 8 quarters in 2021 and 2022.
        + Reached the target in 75% of the quarters in 2021 and 2022
        - Reached the target in all quarters of 2021 and 2022
        = Handled complaints and credit notes; amounts over £250 went to a supervisor.
        - Handled complaints and credit notes of any amount
        = Maintain the refund service in Go and the jobs in Python; the ledger belongs to another team.
        - Maintain the refund service in Go, the ledger, and the jobs in Python
        = Old printing press, being repaired with a neighbour.
        - Repaired an old printing press with a neighbour
        ",
    );
}

#[test]
fn other_prepositions_dashes_and_nouns_left_out_say_the_same() {
    hold(
        "
        = Wrote 3 tools in Django and 5 in Flask.
        + Wrote 5 tools in Flask
        - Wrote 5 tools in Django
        - Wrote 3 tools in Flask
        = Replaced gas boilers with heat pumps.
        + Swapped gas boilers for heat pumps
        - Swapped heat pumps for gas boilers
        = Drew plans for a school with 12 classrooms.
        + Drew plans for a 12-classroom school
        = Maintained 480 PCs and 35 printers on three sites.
        + Maintained 515 devices on three sites: 480 PCs and 35 printers
        - Maintained 525 devices on three sites: 480 PCs and 35 printers
        = Manage a budget of about £310,000 for 2 ranges.
        + Manage a budget of approx. £310,000 for 2 ranges
        = Counted the till, usually between £1,500 and £2,000, at the end of each shift.
        + Counted the till – usually between £1,500 and £2,000 – at the end of each shift
        = Loaded 7 vans each morning together with one colleague.
        + Loaded seven vans every morning with a co-worker
        - Loaded seven vans every morning
        = Automated certificate renewal with Let's Encrypt.
        + Automated the renewal of certificates with Let's Encrypt
        = Helped the librarians with the sale in May and the reading night in October.
        + Helped the librarians with the reading night in October
        ",
    );
}
