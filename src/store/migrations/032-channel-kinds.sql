-- Which kinds there are is said in one place, src/contract/channel-kinds.ts, and not here again.
alter table channel drop constraint channel_kind_check;
