-- Values in the columns that migration 6 made.
update people set
    photo_id = '00000000-0000-7000-8000-000000000002', photo_sealed = '\x00ffd8', photo_removed_at = now()
where id = '00000000-0000-7000-8000-000000000001';
