create table study (
    id uuid primary key,
    name text not null check (length(name) between 1 and 200),
    name_key text not null,
    base json not null,
    axes json not null,
    created_at timestamptz not null
);

comment on table study is 'a grid of experiments; its state and progress are those of its points';
comment on column study.name_key is 'the name as GET /studies?name= finds it, case folded and normalised in Java';
comment on column study.base is 'the spec as it came; each experiment has its own with every default filled in';
comment on column study.axes is 'pointers into the spec with their values, as they came';

create index study_newest on study (created_at desc, id desc);
comment on index study_newest is 'GET /studies';

alter table experiment add column study_id uuid references study (id);
alter table experiment add column study_position integer check (study_position >= 0);
alter table experiment add constraint experiment_point_check check ((study_id is null) = (study_position is null));

comment on column experiment.study_id is 'the study that it is a point of, if any';
comment on column experiment.study_position is 'its place in the grid, where the last axis changes fastest';

create unique index experiment_of_study on experiment (study_id, study_position) where study_id is not null;
comment on index experiment_of_study is 'the points of a study, in their order';

alter table idempotency_key alter column experiment_id drop not null;
alter table idempotency_key add column study_id uuid references study (id) on delete cascade;
alter table idempotency_key add constraint idempotency_key_one_check check (num_nonnulls(experiment_id, study_id) = 1);

create index idempotency_key_study on idempotency_key (study_id) where study_id is not null;
comment on index idempotency_key_study is 'deletion of a study';
