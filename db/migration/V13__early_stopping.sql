alter table experiment add column stopped_early jsonb;
alter table run drop constraint run_state_check;
alter table run add constraint run_state_check
    check (state in ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'DIVERGED', 'SKIPPED'));
alter table run add check (state <> 'SKIPPED' or attempt = 0);
alter table run add column may_end_others boolean not null default false;
alter table epoch add column distinct_scores integer check (distinct_scores >= 1);

comment on column experiment.stopped_early is 'after which trial all arms were decided, and by what; null while they are not, and without stopping in the spec';
comment on column run.may_end_others is 'its end may decide the experiment, so that trials are skipped';
comment on column epoch.distinct_scores is 'how many different logits the test split has; null as mean_probability';
