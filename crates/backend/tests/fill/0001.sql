-- Rows in every table that migration 1 made.
insert into people (id, kind) values ('00000000-0000-7000-8000-000000000001', 'local');
insert into sources (id, owner_id, kind, content_hash, name_sealed, bytes_sealed, fact_count)
values ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001',
        'json_resume', 'hash', '\x0061', '\x007b7d', 1);
insert into runs (id, owner_id, request_id, state, stage, input_sealed, deadline_at)
values ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000001',
        '00000000-0000-7000-8000-000000000004', 'done', 'compile', '\x007b7d', now());
insert into run_sources (run_id, source_id, position)
values ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000002', 0);
insert into run_stages (run_id, stage, inputs_hash, output_sealed, elapsed_ms)
values ('00000000-0000-7000-8000-000000000003', 'scrape', 'hash', '\x007b7d', 1.5);
insert into run_files (run_id, name, media_type, bytes_sealed)
values ('00000000-0000-7000-8000-000000000003', 'resume.pdf', 'application/pdf', '\x0025');
insert into run_events (run_id, revision, kind)
values ('00000000-0000-7000-8000-000000000003', 1, 'created');
