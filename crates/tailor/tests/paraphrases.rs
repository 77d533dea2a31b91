//! Paraphrases: what the same evidence lets through and what not, a kind of rewording after the other.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "common/cases.rs"]
mod cases;

use cases::hold;

#[test]
fn figures_that_follow_stand_and_others_do_not() {
    hold(
        "
        = Reduced the ticket backlog from 1,200 to 300 tickets in 2021.
        + Cut the ticket backlog by 900 tickets in 2021
        + Reduced the ticket backlog by 75% in 2021
        + Reduced the ticket backlog to a quarter in 2021
        + Reduced the ticket backlog by three quarters in 2021
        + 900 fewer tickets in the backlog in 2021
        + Brought the ticket backlog down from 1,200 to 300 in 2021
        + Shrank the ticket backlog to a quarter of its size
        + Backlog of tickets down 75% (from 1,200 to 300) in 2021
        + Reduced the ticket backlog fourfold in 2021
        - Reduced the ticket backlog by 25% in 2021
        - Reduced the ticket backlog to 75% in 2021
        - Reduced the ticket backlog by 300 tickets in 2021
        - Reduced the ticket backlog fivefold in 2021
        = First response time went from 9 hours to 4 hours within a year.
        + First response time fell by 5 hours within a year
        + First response time more than halved within a year
        + Within a year, first response time dropped from 9 to 4 hours
        + First response time fell by more than half within a year
        + First response time fell by over 55% within a year
        + First response time fell by 56% within a year
        - First response time fell by 4 hours within a year
        - First response time fell by more than 60% within a year
        = Customer satisfaction rose from 78% to 91% between 2019 and 2021.
        + Customer satisfaction rose by 13 percentage points between 2019 and 2021
        + Customer satisfaction up 13 points between 2019 and 2021
        + Customer satisfaction reached 91% in 2021, up from 78% in 2019
        - Customer satisfaction rose by 13% between 2019 and 2021
        - Customer satisfaction rose by 91% between 2019 and 2021
        = Team of 8: 5 agents and 3 trainees.
        + Team of 8 (5 agents, 3 trainees)
        + Team of eight people: five agents and three trainees
        - Team of 8 agents
        - Team of 13
        = Wrote 150 help articles in three languages, 45 of them in German.
        + Wrote 150 help articles in three languages, 30% of them in German
        + Wrote 45 help articles in German
        + Wrote 150 help articles, nearly a third of them in German
        - Wrote 150 help articles in German
        - Wrote 45 help articles in three languages
        - Wrote 150 help articles, half of them in German
        = Answered 40 tickets a day in chat and 20 by phone.
        + Answered 60 tickets a day in chat and by phone
        - Answered 60 tickets a day by phone
        - Answered 60 tickets a day in chat
        = Ran 12 workshops with 15 participants each.
        + Ran 12 workshops for 180 participants in total
        + Ran 12 workshops with a total of 180 participants
        - Ran 12 workshops with 180 participants each
        - Ran 180 workshops
        = Refunds of 1,500 EUR a month are approved by me.
        + Approve refunds of EUR 18,000 a year
        - Approve refunds of EUR 15,000 a year
        = Support in two languages: German and English.
        + Support in German and English
        = Supported customers in German, French and English by phone.
        - Supported customers in four languages by phone
        = Closed 9 of 12 incidents within 4 hours.
        + Closed 75% of 12 incidents within 4 hours
        + Closed three quarters of the 12 incidents within 4 hours
        + Closed three out of four incidents within 4 hours
        - Closed 12 incidents within 4 hours
        - Closed 9 incidents within 12 hours
        = Churn was 6% in 2019 and 4% in 2020.
        + Churn fell from 6% in 2019 to 4% in 2020
        + Churn was a third lower in 2020 than in 2019
        + Churn was two percentage points lower in 2020 than in 2019
        - Churn was two percentage points higher in 2020 than in 2019
        - Churn rose from 4% to 6%
        = Trained 14 new agents in 2020 and 9 in 2021.
        + Trained 23 new agents in 2020 and 2021
        + Trained 14 new agents in 2020
        - Trained 23 new agents in 2021
        - Trained 14 new agents in 2021
        = Average handling time was 25% lower than the team's.
        + Handling time averaged a quarter less than the team's
        - Average handling time was a quarter of the team's
        = Saved about 6 hours a week by scripting the export.
        + Scripted the export, saving about 6 hours each week
        + Saved roughly 6 hours per week by scripting the export
        = Built a dashboard used by 14 of 16 team leads.
        + Built a dashboard used by 14 team leads
        + Built a dashboard used by nearly 90% of the 16 team leads
        - Built a dashboard used by 16 team leads
        = Budget of €50,000, of which I spent €46,000.
        + Spent €46,000 of a budget of €50,000
        + Spent 92% of a €50,000 budget
        = Turnover grew from €2 million in 2017 to €5 million in 2020.
        + Turnover grew 2.5-fold between 2017 and 2020
        + Turnover grew by €3 million from 2017 to 2020
        + Turnover grew by 150% from 2017 to 2020
        + Turnover more than doubled between 2017 and 2020
        + In three years, turnover grew from €2 million to €5 million
        - Turnover grew by 250% from 2017 to 2020
        = Walked 3 km a day with the dogs of 5 clients.
        - Walked 15 km a day with dogs
        - Walked 15 dogs
        = 11 of 19 staff work part-time.
        + 8 of 19 staff work full-time
        + More than half of 19 staff work part-time
        + 58% of 19 staff work part-time
        = Doubled the number of newsletter readers to 4,000.
        + Raised the number of newsletter readers to 4,000, twice as many as before
        - Increased the number of newsletter readers from 1,000 to 4,000
        = Halved the error rate, from 8% to 4%.
        + Cut the error rate by half, from 8% to 4%
        + Reduced the error rate by 50%
        + Cut the error rate by four percentage points
        - Cut the error rate by 4%
        - Halved the error rate to 8%
        = Prepared 20 meals an hour in a kitchen with 4 cooks.
        - Prepared 80 meals an hour
        = Visited each of 6 clients twice a year.
        + Visited 6 clients twice a year each
        + Visited each of 6 clients every six months
        + Visited each of six clients every half year
        - Visited 12 clients a year
        = Meetings every two weeks with the client.
        + Fortnightly meetings with the client
        + Biweekly meetings with the client
        - Weekly meetings with the client
        - Meetings with the client twice a week
        = Led a team of 9 in two shifts.
        + Led a nine-person team in two shifts
        + Led a 9-strong team in two shifts
        + Led nine people in two shifts
        + Led a team of nine people in two shifts
        + Team lead for 9 people in two shifts
        - Led two teams in nine shifts
        - Led a team of nine managers in two shifts
        - Led 9 teams in two shifts
        = Answers about 45 tickets per day by e-mail and chat.
        + About 45 tickets answered per day by e-mail and chat
        + Answers roughly 45 tickets daily by e-mail and chat
        + Daily volume of about 45 tickets by e-mail and chat
        - Answers about 45 chats per day
        = Wrote 60 macros, which cut handling time by 15%.
        + Cut handling time by 15% with 60 macros
        + Reduced handling time by 15% by writing 60 macros
        + 15% less handling time thanks to 60 macros
        + Wrote 60 macros; handling time fell by 15%
        - Wrote 15 macros
        - Wrote 60 macros, which cut handling time by 60%
        - Wrote macros, which cut handling time to 15%
        = Ran a survey of 320 customers (response rate 41%).
        + Surveyed 320 customers with a response rate of 41%
        + Surveyed 320 customers; 41% responded
        + Ran a survey with 320 customers and a 41% response rate
        - Surveyed 41 customers
        = Retaining wall 240 m long and 6 m high, finished 11 days early.
        + 240 m long, 6 m high retaining wall, finished 11 days early
        + Retaining wall with a length of 240 m and a height of 6 m
        - Retaining wall with a height of 240 m
        - Retaining wall 6 m long
        = Managed a budget of £1.2m a year for 14 sites.
        + Managed an annual budget of £1.2 million for 14 sites
        + Managed a £1.2 million annual budget for fourteen sites
        - Managed a budget of £1.2 million per site for 14 sites
        - Managed 14 budgets of £1.2 million
        = Maintains 18 servers and 240 workstations at 3 sites.
        + Maintains 18 servers and 240 workstations across three sites
        + Maintenance of 18 servers and 240 workstations at 3 sites
        + Maintains servers and workstations at 3 sites
        + Looks after 240 workstations and 18 servers at three sites
        - Maintains 240 servers
        - Maintains 18 servers and 3 workstations at 240 sites
        - Maintains 18 servers at each of 3 sites
        = Grew the mailing list from 800 to 2,000 within 18 months.
        + Grew the mailing list by 1,200 within 18 months
        + Grew the mailing list by 150% within a year and a half
        - Grew the mailing list by 60% within 18 months
        = Cooked for 120 guests on weekdays and 200 at weekends.
        + Weekday service for 120 guests, weekend service for 200
        - Cooked for 200 guests on weekdays
        - Cooked for 320 guests on weekdays
        = Won 3 of 5 tenders in 2019, worth €2.4 million together.
        + Won three out of five tenders in 2019, worth a total of €2.4m
        + Won 60% of tenders in 2019 (3 of 5)
        - Won 5 tenders in 2019
        - Won three tenders worth €2.4 million each
        = Audited 32 suppliers, 5 of them abroad, and found 64 deviations.
        + Audited 32 suppliers, including 5 abroad, and found 64 deviations
        + Audited 32 suppliers (5 abroad); found 64 deviations
        + Found 64 deviations in audits of 32 suppliers
        - Audited 64 suppliers
        - Audited 32 suppliers abroad
        - Found 5 deviations
        - Found 64 deviations abroad
        = Two of my three proposals were accepted.
        + Two of three proposals accepted
        + Two out of three proposals were accepted
        - Three proposals were accepted
        = Read meters in 1,100 flats, on average 70 a day.
        + Read meters in 1,100 flats, averaging 70 a day
        - Read 1,100 meters a day
        = Average rating 4.7 out of 5 from 210 learners.
        + Average score of 4.7/5 (210 learners)
        + 210 learners gave an average rating of 4.7 out of 5
        - Rated 5 out of 5 by 210 learners
        = Repaired 12 to 15 bicycles a week.
        + Repaired between 12 and 15 bicycles a week
        + Repaired up to 15 bicycles a week
        + Repaired at least 12 bicycles a week
        + Repaired 12–15 bicycles weekly
        - Repaired 15 bicycles a week
        - Repaired at least 15 bicycles a week
        = Translated 4 manuals of about 80 pages each.
        + Translated four manuals (about 80 pages each)
        + Translated about 320 pages in four manuals
        - Translated 80 manuals
        - Translated 4 manuals of about 320 pages each
        = Kept 99.5% of deliveries on time in 2021.
        + 99.5% on-time deliveries in 2021
        + On-time delivery rate of 99.5% in 2021
        - 100% of deliveries on time in 2021
        - 99.9% of deliveries on time in 2021
        = Cut the number of steps from 14 to 9.
        + Cut five steps out of 14
        + Removed 5 of 14 steps
        + Reduced the number of steps by five, to 9
        + Brought the number of steps down by more than a third, from 14 to 9
        - Cut 9 of 14 steps
        - Cut the number of steps by 9
        ",
    );
}

#[test]
fn what_describes_the_things_of_one_number_describes_not_those_of_another() {
    hold(
        "
        = Sold 30 rye loaves and 12 wheat loaves a day
        + Sold 12 wheat loaves a day
        + Sold 42 loaves a day
        - Sold 12 rye loaves a day
        - Sold 30 wheat loaves a day
        = Reviewed 11 manuscripts for three journals
        + Reviewed eleven journal manuscripts
        - Reviewed three manuscripts
        = Laid 40 oak floors and 12 tiled floors in 2020
        - Laid 12 oak floors in 2020
        - Laid 52 oak floors in 2020
        = Fixed 7 front wheels and 3 rear wheels
        - Fixed 3 front wheels
        - Fixed 10 front wheels
        ",
    );
}

#[test]
fn a_verb_of_the_same_kind_stands_in_the_cited_place_and_no_other() {
    hold(
        "
        = Dimensioned a gravity pipe of 3.4 km for a village in Uganda.
        + Sized a 3.4 km gravity pipe for a village in Uganda
        - Designed and laid a gravity pipe of 3.4 km for a village in Uganda
        - Laid a gravity pipe of 3.4 km for a village in Uganda
        - Inspected a gravity pipe of 3.4 km for a village in Uganda
        = Introduced a three-course menu on Fridays.
        + Rolled out a three-course menu on Fridays
        - Cooked a three-course menu on Fridays
        - Sold a three-course menu on Fridays
        - Abolished a three-course menu on Fridays
        = Reviewed 11 manuscripts since 2020.
        + Refereed 11 manuscripts since 2020
        + Assessed 11 manuscripts since 2020
        - Wrote 11 manuscripts since 2020
        - Published 11 manuscripts since 2020
        - Approved 11 manuscripts since 2020
        = Repaired 40 pumps in 2019.
        + Fixed 40 pumps in 2019
        - Sold 40 pumps in 2019
        - Built 40 pumps in 2019
        - Replaced 40 pumps in 2019
        - Bought 40 pumps in 2019
        - Tested 40 pumps in 2019
        - Designed 40 pumps in 2019
        = Used the old lathe for brass parts.
        + Worked with the old lathe for brass parts
        - Built the old lathe for brass parts
        - Bought the old lathe for brass parts
        - Sold the old lathe for brass parts
        = Supported two apprentices.
        + Helped two apprentices
        - Led two apprentices
        - Managed two apprentices
        - Hired two apprentices
        = Sold the van in 2020.
        - Bought the van in 2020
        - Drove the van in 2020
        = Tested the new scanner in the lab.
        + Tried out the new scanner in the lab
        - Built the new scanner in the lab
        - Developed the new scanner in the lab
        = Planned the move of the archive.
        - Carried out the move of the archive
        - Led the move of the archive
        = Read the safety manual.
        - Wrote the safety manual
        = Attended the annual congress.
        + Took part in the annual congress
        - Organised the annual congress
        - Hosted the annual congress
        - Opened the annual congress
        = Taught two evening courses.
        + Gave two evening courses
        - Took two evening courses
        - Attended two evening courses
        - Designed two evening courses
        = Took an evening course in welding.
        - Gave an evening course in welding
        - Taught an evening course in welding
        = Received a grant of 5,000 EUR.
        + Obtained a grant of 5,000 EUR
        + Was awarded a grant of 5,000 EUR
        - Gave a grant of 5,000 EUR
        - Awarded a grant of 5,000 EUR to two pupils
        = Hired two drivers.
        + Recruited two drivers
        - Fired two drivers
        - Trained two drivers
        = Removed the old alarm system.
        + Took out the old alarm system
        - Installed the old alarm system
        - Repaired the old alarm system
        = Rented a hall in 2018.
        - Bought a hall in 2018
        - Let a hall in 2018
        = Kept bees.
        - Sold bees
        = Translated three novels from Czech.
        - Wrote three novels in Czech
        - Published three novels from Czech
        = Proposed a new rota.
        + Suggested a new rota
        - Introduced a new rota
        - Wrote a new rota
        = Documented the alarm system.
        - Designed the alarm system
        - Installed the alarm system
        = Drew 34 maps for the yearbook.
        + Produced 34 maps for the yearbook
        - Published 34 maps for the yearbook
        - Printed 34 maps for the yearbook
        = Organised three workshops for teachers.
        + Held three workshops for teachers
        - Led three workshops for teachers
        - Attended three workshops for teachers
        = Edited the parish newsletter.
        - Founded the parish newsletter
        - Wrote the parish newsletter
        = Improved the heating in two schools.
        - Replaced the heating in two schools
        - Installed the heating in two schools
        = Delivered parcels to 60 addresses.
        + Brought parcels to 60 addresses
        - Sold parcels to 60 addresses
        = Collected donations for the shelter.
        + Gathered donations for the shelter
        - Gave donations to the shelter
        - Raised the shelter
        = Cut the hedge in front of the town hall.
        - Planted the hedge in front of the town hall
        - Reduced the town hall
        = Developed a questionnaire with 40 items.
        + Created a questionnaire with 40 items
        - Answered a questionnaire with 40 items
        - Evaluated a questionnaire with 40 items
        = Evaluated a questionnaire with 40 items.
        - Developed a questionnaire with 40 items
        - Answered a questionnaire with 40 items
        = Guarded the construction site at night.
        - Managed the construction site at night
        - Cleaned the construction site at night
        = Answered calls from tenants.
        + Handled calls from tenants
        - Made calls to tenants
        = Signed off the drawings of the trainees.
        - Drew the drawings of the trainees
        - Checked the drawings of the trainees
        = Checked the drawings of the trainees.
        - Signed off the drawings of the trainees
        - Approved the drawings of the trainees
        - Corrected the drawings of the trainees
        = Ordered spare parts for the fleet.
        - Sold spare parts for the fleet
        - Installed spare parts for the fleet
        - Delivered spare parts for the fleet
        = Cleared 200 tickets in a week.
        - Wrote 200 tickets in a week
        = Installed 30 heat pumps.
        + Fitted 30 heat pumps
        - Sold 30 heat pumps
        - Designed 30 heat pumps
        - Maintained 30 heat pumps
        = Maintained 30 heat pumps.
        + Serviced 30 heat pumps
        - Installed 30 heat pumps
        = Prepared meals for 60 children.
        + Cooked meals for 60 children
        - Served meals to 60 children
        - Ordered meals for 60 children
        = Served meals to 60 children.
        - Cooked meals for 60 children
        - Prepared meals for 60 children
        = Watched two operations on the knee.
        - Performed two operations on the knee
        - Carried out two operations on the knee
        = Designed two footbridges.
        + Planned two footbridges
        - Built two footbridges
        - Constructed two footbridges
        - Drew two footbridges
        = Built two footbridges.
        + Constructed two footbridges
        - Designed two footbridges
        = Assembled the prototype.
        - Designed the prototype
        - Invented the prototype
        = Launched the newsletter.
        - Wrote the newsletter
        = Kept the minutes of the board.
        + Took the minutes of the board
        - Chaired the board
        ",
    );
}

#[test]
fn small_words_means_and_pronouns_keep_what_they_are_said_of() {
    hold(
        "
        = Set up checks on 30 tables; they caught 17 errors in 2020.
        + Set up checks on 30 tables, which caught 17 errors in 2020
        + 17 errors were caught in 2020 by checks on 30 tables
        - Caught 17 errors in 2020
        - Caught 17 errors in 2020 with 30 tables
        - Set up checks on 30 tables and caught 17 errors in 2020
        = Worked with two colleagues from Kiel; they wrote the parser.
        + Worked with two colleagues from Kiel, who wrote the parser
        - Wrote the parser with two colleagues from Kiel
        - Wrote the parser
        - Worked with two colleagues from Kiel and wrote the parser
        - Parser written together with two colleagues from Kiel
        = Cut the nightly load from 6 hours to 2 hours by splitting the table.
        + Split the table, cutting the nightly load from 6 hours to 2 hours
        + Cut the nightly load by 4 hours by splitting the table
        - Cut the table from 6 hours to 2 hours by splitting the nightly load
        - Split the nightly load, cutting the table from 6 hours to 2 hours
        - Split the table from 6 hours to 2 hours, cutting the nightly load
        = The team decided not to adopt the tool after a trial.
        + The team decided against adopting the tool after a trial
        - The team decided to adopt the tool after a trial
        - Adopted the tool after a trial
        - Decided against the trial
        = Tested a route planner; the company did not buy it.
        + Tested a route planner; the company decided against buying it
        - Decided against buying a route planner
        - Tested a route planner that the company bought
        = Accidents fell from 4 to 1; near misses are not included.
        + Accidents fell from 4 to 1 (near misses excluded)
        - Accidents and near misses fell from 4 to 1
        - Accidents fell from 4 to 1, near misses included
        = Coordinated the pilot with a clerk and a driver.
        + Coordinated the pilot hand in hand with a clerk and a driver
        - Coordinated the pilot
        - Coordinated the pilot in collaboration with a bank
        = Plan to test the method in 2026, provided that funding is granted.
        + Planning to test the method in 2026 if funding is granted
        - Planning to test the method in 2026
        - Testing the method in 2026 if funding is granted
        - Tested the method with granted funding
        = Is responsible for the stock of two branches.
        + Currently responsible for the stock of two branches
        = Was responsible for the stock of two branches.
        - Currently responsible for the stock of two branches
        = Cooked for 38 weddings, the largest with 210 guests.
        + Cooked for 38 weddings, the largest for 210 guests
        - Cooked with 210 guests
        = Wrote 60 macros, which cut handling time by 15%.
        + Wrote 60 macros, which reduced handling time by 15%
        + Cut handling time by 15% with 60 macros
        - Cut macros by 15%
        - Wrote 60 macros, which cut costs by 15%
        = Trained the crew and wrote 60 macros. Handling time fell by 15%.
        - Wrote 60 macros, which cut handling time by 15%
        - Cut handling time by 15%
        = Delivered parcels with a second driver.
        + Delivered parcels with another driver
        - Delivered parcels
        - Delivered parcels as second driver
        = The pages rank in the top 10, not merely on page one.
        + The pages rank in the top 10, not just on page one
        = Failed runs fell from 4.8% to 1.2%.
        + The share of failed runs fell from 4.8% to 1.2%
        + The rate of failed runs fell from 4.8% to 1.2%
        - The time of failed runs fell from 4.8% to 1.2%
        - The cost of failed runs fell from 4.8% to 1.2%
        = Handling time fell by 15%.
        - Handling rate fell by 15%
        - Handling cost fell by 15%
        = Waiting time fell from 40 to 25 minutes.
        - Waiting rate fell from 40 to 25 minutes
        - The number of minutes fell from 40 to 25
        = Made a profit of £1,080 in six evenings.
        - Turnover of £1,080 in six evenings
        - A sum of £1,080 in six evenings in each month
        = Ordered parts for the pharmaceutical customers of the firm.
        + Ordered parts for the firm's customers in the pharmaceutical sector
        - Worked in the pharmaceutical industry
        = We switched the servers to Linux; costs fell.
        + The team switched the servers to Linux; costs fell
        - The team switched the servers to Linux, cutting costs
        - I led the team that switched the servers to Linux
        = Raised 12,000 EUR for the roof by selling cakes.
        + Sold cakes, raising 12,000 EUR for the roof
        - Sold the roof for 12,000 EUR
        - Sold cakes for 12,000 EUR each
        = Proofread the report that my supervisor wrote.
        - Wrote the report
        - Wrote and proofread the report
        = Assisted the surgeon in 40 operations.
        + Assisted in 40 operations with the surgeon
        - Performed 40 operations
        - Carried out 40 operations with the surgeon
        = Helped with the planning of the festival.
        + Supported the planning of the festival
        - Planned the festival
        - Organised the planning of the festival
        = Managed the renovation of three flats.
        + Oversaw the renovation of three flats
        - Renovated three flats
        = Applied for the renovation of three flats.
        - Renovated three flats
        = Commissioned the survey of the roof.
        - Surveyed the roof
        = Sold the design of the logo.
        - Designed the logo
        = Saw the repair of the organ.
        - Repaired the organ
        = Wrote about the restoration of the church.
        - Restored the church
        = Studied the production of cheese.
        - Produced cheese
        - Production of cheese
        = Ordered the delivery of 40 beds.
        - Delivered 40 beds
        = Compared the translations of two novels.
        - Translated two novels
        = Documented the migration of the mail server.
        - Migrated the mail server
        = Presented the evaluation of the survey.
        - Evaluated the survey
        = Carried out the evaluation of the survey.
        + Evaluated the survey
        = Did the accounts of the club.
        - Audited the accounts of the club
        ",
    );
}

#[test]
fn usual_rewordings_stand() {
    hold(
        "
        = Answered 3,400 customer tickets in 2022, 62% of them within one hour.
        + Answered 3,400 customer tickets in 2022, of which 62% within one hour
        + Handled 3,400 customer tickets in 2022 (62% within one hour)
        + 62% of 3,400 customer tickets answered within one hour in 2022
        + Answered about 2,100 of 3,400 tickets within one hour in 2022
        = Raised the first-contact resolution rate from 54% to 71% in nine months by rewriting 40 macros.
        + Rewrote 40 macros, raising first-contact resolution from 54% to 71% in nine months
        + Improved first-contact resolution by 17 percentage points in nine months by rewriting 40 macros
        + Lifted the first-contact resolution rate to 71% (from 54%) within nine months
        = Led a support team of 9 people across two time zones.
        + Headed a nine-person support team in two time zones
        + Leader of a support team of nine in two time zones
        + Support team of 9 led across two time zones
        = Introduced a weekly meeting between support and engineering; 23 bugs were fixed as a result in the first quarter.
        + Set up a weekly meeting of support and engineering, which led to 23 bug fixes in the first quarter
        = Wrote and maintain the internal knowledge base (130 articles).
        + Wrote the 130 articles of the internal knowledge base
        + Maintaining an internal knowledge base of 130 articles
        = Interviewed 14 customers for the product team and summarised the findings in a report.
        + Conducted interviews with 14 customers for the product team
        + Spoke with 14 customers on behalf of the product team and summed up the results in a report
        = Covered the on-call shift every third weekend.
        + On call every third weekend
        = Migrated the help centre from Zendesk to Intercom with one developer.
        + Moved the help centre from Zendesk to Intercom together with a developer
        + Migration of the help centre from Zendesk to Intercom (with one developer)
        + Together with one developer, transferred the help centre from Zendesk to Intercom
        = Negotiated refunds of up to €500 without approval.
        + Refunds up to €500 negotiated without approval
        = Looked after 22 residents on a dementia ward, on night shifts.
        + Cared for 22 residents on a dementia ward at night
        - Night nurse for 22 residents on a dementia ward
        = Administered medication to up to 30 patients per shift.
        + Gave medication to up to 30 patients per shift
        + Medication administered to a maximum of 30 patients a shift
        = Trained 6 new colleagues on the infusion pumps.
        + Instructed 6 new colleagues in using the infusion pumps
        + Gave infusion pump training to 6 new colleagues
        = Documented wounds with photos and reported changes to the ward doctor.
        + Took photos of wounds for the records and told the ward doctor about changes
        + Photographic wound documentation; informed the ward doctor of changes
        + Recorded wounds in photos and notified the ward doctor of any changes
        = Sold 140 subscriptions in 2021, the second-highest number in a team of 12.
        + 140 subscriptions sold in 2021, second in a team of 12
        = Planned tours for 11 vans covering about 1,900 stops a week.
        + Scheduled the tours of 11 vans with around 1,900 stops per week
        = Checked incoming goods for damage and entered them in SAP.
        + Incoming goods inspection (damage) and entry in SAP
        + Checking of incoming goods for damage and recording in SAP
        = Tutored two pupils in maths for a year; both passed the exam.
        + Maths tutoring for two pupils over one year (both passed the exam)
        + Taught maths to two pupils for one year, both of whom passed the exam
        = Responsible for the till, the ordering of drinks and the closing checklist.
        + In charge of the till, drinks orders and the closing checklist
        = Built a small web shop with Vue and Firebase; it had about 400 orders in its first year.
        + Created a small online shop using Vue and Firebase that received roughly 400 orders in the first year
        + Small web shop built in Vue and Firebase, with about 400 orders in its first year
        = Was part of the team that moved the archive to the new building.
        + Helped to move the archive to the new building as part of the team
        + Member of the team that moved the archive to the new building
        + Took part in moving the archive to the new building
        = The pump station has run without failure since 2019.
        + No failures of the pump station since 2019
        = Fluent in Spanish, basic French.
        + Fluent Spanish and basic French
        + Spanish (fluent), French (basic)
        = Reduced scrap on the lathe line by a fifth by changing the coolant.
        + Cut scrap on the lathe line by 20% by changing the coolant
        + Changed the coolant on the lathe line, which reduced scrap by 20%
        + A coolant change cut scrap on the lathe line by a fifth
        + Lowered the lathe line's scrap by 20% through a change of coolant
        = Repaired on average 9 bicycles a day and advised customers on spare parts.
        + Repaired an average of nine bicycles a day and gave customers advice on spare parts
        + Fixed nine bikes per day on average; customer advice on spare parts
        = Organised the summer fair with 35 stalls and about 1,200 visitors, together with the parents' council.
        + Together with the parents' council, organised a summer fair (35 stalls, about 1,200 visitors)
        + Co-organised the summer fair with the parents' council: 35 stalls and around 1,200 visitors
        + Organisation of the summer fair with the parents' council, 35 stalls, approx. 1,200 visitors
        = Designed the evaluation form that all 18 clinics now use.
        + Evaluation form designed by me is now in use at all 18 clinics
        = Deployed the service to Kubernetes and wrote the runbook for outages.
        + Kubernetes deployment of the service; author of the runbook for outages
        = Found a memory leak in the payment service that had caused weekly restarts.
        + Identified a memory leak in the payment service which had caused weekly restarts
        ",
    );
}

#[test]
fn what_the_evidence_does_not_say_is_refused() {
    hold(
        "
        = Answered 3,400 customer tickets in 2022, 62% of them within one hour.
        - Answered 3,400 customer tickets within one hour in 2022
        - Answered 62% of all tickets in 2022
        - Answered 3,400 tickets a year
        - Answered 38% of 3,400 tickets within one hour
        = Raised the first-contact resolution rate from 54% to 71% in nine months by rewriting 40 macros.
        - Raised first-contact resolution by 17% in nine months
        - Rewrote 71 macros
        - Rewrote 40 macros in nine months, raising the first-contact resolution rate to 54%
        - First-contact resolution rose to 71% in nine macros
        - Raised the first-contact resolution rate from 54% to 71% by hiring 40 agents
        = Led a support team of 9 people across two time zones.
        - Led two support teams
        - Led 9 people in each of two time zones
        - Led 18 people across two time zones
        - Led nine support teams
        - Built a support team of 9 people
        = Introduced a weekly meeting between support and engineering; 23 bugs were fixed as a result in the first quarter.
        - Fixed 23 bugs in the first quarter
        - Introduced a daily meeting between support and engineering
        - Introduced a weekly meeting and fixed 23 bugs
        = Wrote and maintain the internal knowledge base (130 articles).
        - Founder of the internal knowledge base
        - Maintains the internal knowledge base with 130 users
        - Wrote 130 internal knowledge bases
        = Interviewed 14 customers for the product team and summarised the findings in a report.
        - Interviewed 14 product teams
        - Interviewed 14 customers with the product team
        - Led the product team
        - Hired 14 customers for the product team
        - Wrote 14 reports for the product team
        = Covered the on-call shift every third weekend.
        - Covered the on-call shift every weekend
        - Covered three on-call shifts every weekend
        - Covered the on-call shift three weekends in four
        = Migrated the help centre from Zendesk to Intercom with one developer.
        - Migrated the help centre from Intercom to Zendesk with one developer
        - Migrated the help centre from Zendesk to Intercom
        - Migrated the help centre from Zendesk to Intercom with a team of developers
        - Developer of the help centre in Intercom
        = Negotiated refunds of up to €500 without approval.
        - Negotiated refunds of over €500
        - Approved refunds of up to €500
        - Negotiated refunds of €500 with approval
        = Looked after 22 residents on a dementia ward, on night shifts.
        - Looked after 22 dementia wards
        - Headed a dementia ward with 22 residents
        - Treated 22 residents on a dementia ward as a doctor
        - Supervised 22 nurses on a dementia ward
        = Administered medication to up to 30 patients per shift.
        - Prescribed medication to up to 30 patients per shift
        - Administered medication to 30 patients per hour
        - Administered medication to more than 30 patients per shift
        = Trained 6 new colleagues on the infusion pumps.
        - Trained by 6 colleagues on the infusion pumps
        - Hired 6 new colleagues
        - Maintained 6 infusion pumps
        - Managed 6 new colleagues
        = Sold 140 subscriptions in 2021, the second-highest number in a team of 12.
        - Sold the highest number of subscriptions in a team of 12
        - Sold 140 subscriptions a month
        - Led a team of 12 that sold 140 subscriptions
        - Sold 140 subscriptions in a team of 12, second in the company
        = Planned tours for 11 vans covering about 1,900 stops a week.
        - Drove 11 vans covering about 1,900 stops a week
        - Planned tours for 11 vans covering 1,900 stops a day
        - Planned tours for 1,900 vans
        - Bought 11 vans
        = Checked incoming goods for damage and entered them in SAP.
        - Ordered incoming goods in SAP
        - Checked incoming goods in SAP and repaired damage
        - Introduced SAP for incoming goods
        = Tutored two pupils in maths for a year; both passed the exam.
        - Tutored pupils in maths for two years
        - Passed the maths exam
        - Tutored two pupils in maths and physics
        - Tutored two classes in maths for a year
        = Built a small web shop with Vue and Firebase; it had about 400 orders in its first year.
        - Built a small web shop with about 400 orders a month
        - Built a web shop with React and Firebase
        - Built a small web shop with over 400 orders in its first year
        - Built 400 small web shops
        = Was part of the team that moved the archive to the new building.
        - Moved the archive to the new building
        - Led the team that moved the archive to the new building
        - Managed the move of the archive to the new building
        - Built the team that moved the archive
        = The pump station has run without failure since 2019.
        - Ran the pump station since 2019
        - Built the pump station without failure
        - The pump station has run since 2019 with failures
        = Reduced scrap on the lathe line by a fifth by changing the coolant.
        - Reduced scrap on the lathe line to a fifth by changing the coolant
        - Reduced coolant on the lathe line by a fifth
        - Reduced scrap on all lines by a fifth by changing the coolant
        - Changed a fifth of the coolant on the lathe line
        = Organised the summer fair with 35 stalls and about 1,200 visitors, together with the parents' council.
        - Organised the summer fair with 35 stalls and about 1,200 visitors
        - Organised the summer fair with 1,200 stalls
        - Led the parents' council
        - Organised 35 summer fairs together with the parents' council
        - Organised the summer fair with 35 stalls, about 1,200 visitors each, together with the parents' council
        = Designed the evaluation form that all 18 clinics now use.
        - Designed 18 clinics
        - Evaluated 18 clinics
        - Designed the evaluation form for over 18 clinics
        = Found a memory leak in the payment service that had caused weekly restarts.
        - Built the payment service
        - Found weekly memory leaks in the payment service
        - Restarted the payment service weekly
        = Deployed the service to Kubernetes and wrote the runbook for outages.
        - Wrote the service and deployed it to Kubernetes
        - Wrote Kubernetes
        - Deployed the runbook for outages
        - Deployed Kubernetes
        = Assistant to the managing director: diary, travel, minutes of board meetings.
        - Managing director
        - Led board meetings
        - Chaired board meetings as managing director
        - Member of the board
        ",
    );
}

#[test]
fn what_is_put_together_wrongly_is_refused() {
    hold(
        "
        = Mentor two interns for one hour a week.
        - Mentor two nurses for one hour a week
        = Repaired lighting in the dry dock during night shifts.
        - Repaired lighting in the dry dock during day shifts
        = Found a duplicate payment at one client, which the supplier paid back.
        - Found a duplicate payment at one client, which the client paid back
        = Wrote and recorded 14 episodes; a friend composed the music.
        - Wrote and recorded 14 episodes, including the music
        = Introduced Revit for abutments; piers are still drawn in AutoCAD.
        - Introduced Revit for abutments and piers
        = Filed 46 requests since 2021, of which 31 were granted.
        - Filed 46 requests since 2021, all of which were granted
        = Spent 6 weeks each in the toolroom, the welding shop and the lab.
        + Spent 6 weeks each in the toolroom, the welding shop and the lab
        - Spent 6 weeks altogether in the toolroom, the welding shop and the lab
        = Replaced welded brackets with bent ones.
        - Replaced bent brackets with welded ones
        = Ran the booth during the fair in 2020.
        - Ran the booth throughout 2020
        = Look after the walled garden (1.8 hectares) and the rose border.
        - Look after the rose border of 1.8 hectares
        = Planted 1,100 trees along a bypass as subcontractor for the council.
        - Planted 1,100 trees along a bypass through a subcontractor
        = Met the sales target in three out of four years.
        - Met the sales target every year
        = Contributed to the selection; the choice between Greenhouse and Ashby is still open.
        - Contributed to the selection of Greenhouse
        = Tried it out with two school classes in 2022.
        - Tried it out with two schools in 2022
        = Tidied the workshop within 45 minutes every Friday.
        - Tidied the workshop for at least 45 minutes every Friday
        = Negotiated repayment plans with tenants.
        - Negotiated repayment plans on behalf of tenants
        = Reduced its weight by thinning the walls and moving two ribs.
        - Reduced its weight by thinning two ribs and moving the walls
        = Re-timed route 27 with the planning team.
        - Re-timed 27 routes with the planning team
        = Kept the books; two members checked them every spring.
        - Kept the books and checked them with two members every spring
        = Agreed rates with freelancers within limits set by the managing director.
        - Set limits within which the managing director agreed rates with freelancers
        = Was given guidance by a chef.
        - Gave guidance to a chef
        = Hired out tents at festivals.
        - Placed tents at festivals
        = Read data from three sensors.
        - Updated data from three sensors
        = Received offers from four suppliers.
        - Accepted offers from four suppliers
        = Nominated two delegates.
        - Appointed two delegates
        ",
    );
}

#[test]
fn what_can_be_computed_of_a_statement_stands() {
    hold(
        "
        = Led 10 of the 12 walks.
        + Led all but two of the 12 walks
        - Led all but one of the 12 walks
        = Audited 320 prescriptions in 2022; 27 did not follow the guideline.
        + Audited 320 prescriptions in 2022, 293 of which followed the guideline
        - Audited 320 prescriptions in 2022, 283 of which followed the guideline
        = Propagated 30,000 perennials in a team of six.
        + Propagated 30,000 perennials together with five colleagues
        - Propagated 30,000 perennials together with six colleagues
        = Moved 1,900 articles together with two support agents.
        + Moved 1,900 articles in a team of three
        - Moved 1,900 articles in a team of four
        = Wrote advertisements in French, Dutch and English.
        + Wrote advertisements in three languages: French, Dutch and English
        - Wrote advertisements in four languages: French, Dutch and English
        = Was on call one week in five.
        + Was on call every fifth week
        - Was on call every second week
        = Tidied the workshop within 45 minutes every Friday.
        + Tidied the workshop within three quarters of an hour every Friday
        = Cut the number of open requests from 640 to 210.
        + Cut the number of open requests by about two thirds
        - Cut the number of open requests by about three quarters
        = Organised the onboarding of 30 workers every spring.
        - Organised the onboarding of 30 workers every autumn
        ",
    );
}
