-- A row in the table and a value in the column that migration 7 made.
insert into model_keys (owner_id, id, provider, model, key_sealed, last_four, refused_at)
values ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000008', 'openai',
        'm', '\x01', 'abcd', now());
update model_calls set own_key = true where id = '00000000-0000-7000-8000-000000000007';
