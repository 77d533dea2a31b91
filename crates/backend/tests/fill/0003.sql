-- Rows in the table that migration 3 made.
insert into github_answers (id, owner_id, key, answer_sealed, read_at)
values ('00000000-0000-7000-8000-000000000006', '00000000-0000-7000-8000-000000000001', 'k',
        '\x007b7d', now());
