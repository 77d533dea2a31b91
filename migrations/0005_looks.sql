-- How a person last wanted their pages to look. Why on the person: the next run begins with it. How a
-- run's own pages look stands in what its last stage left.
alter table people add column look_sealed bytea;
