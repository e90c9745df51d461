alter table run add column traceparent text;

comment on column run.traceparent is 'the trace of its submission, as W3C writes it; null if that was not traced';
