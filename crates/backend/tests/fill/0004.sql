-- Rows in the tables that migration 4 made.
insert into model_calls (id, owner_id, run_id, at, host, provider, model, purpose, prompt, fields,
                         bytes_out, bytes_in, tokens_in, tokens_out, cost_micro, latency_ms, cached, outcome)
values ('00000000-0000-7000-8000-000000000007', '00000000-0000-7000-8000-000000000001', null, now(),
        'h', 'gemini', 'm', 'rewrite', 'reword 1', '{bullets}', 1, 1, 1, 1, 1, 1, false, 'answered');
insert into model_days (day, owner_id, spent_micro, calls)
values ('2026-01-01', '00000000-0000-7000-8000-000000000001', 1, 1), ('2026-01-01', null, 1, 1);
insert into cache_generations (owner_id, generation) values (null, 1);
