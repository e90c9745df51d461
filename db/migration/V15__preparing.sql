alter table run add column rows_ready integer check (rows_ready >= 0);
alter table run add column rows_needed integer check (rows_needed >= rows_ready);

comment on column run.rows_ready is 'how many of its images are decoded; null unless its worker is still decoding some';
comment on column run.rows_needed is 'how many images it needs; null as rows_ready';
