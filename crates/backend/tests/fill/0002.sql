-- Rows in the table that migration 2 made.
insert into profile_changes (id, owner_id, change_sealed)
values ('00000000-0000-7000-8000-000000000005', '00000000-0000-7000-8000-000000000001', '\x007b7d');
