alter table experiment add column keep boolean not null default false;
alter table experiment add column checkpoints_removed_at timestamptz;

comment on column experiment.keep is 'retention leaves it alone, with all of its study';
comment on column experiment.checkpoints_removed_at is 'when retention removed its checkpoints: it cannot be extended or retried any more';
