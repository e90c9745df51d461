alter table experiment add column network_files jsonb not null default '{}';

comment on column experiment.network_files is 'the SHA-256 of each module that its runs have used, by its name below networks/';
