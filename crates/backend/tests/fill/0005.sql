-- A value in the column that migration 5 made.
update people set look_sealed = '\x007b7d' where id = '00000000-0000-7000-8000-000000000001';
