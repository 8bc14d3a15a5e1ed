package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"tandem"
)

// Job is something that is owed: it is stored with the change that caused it.
type Job struct {
	Workspace tandem.WorkspaceID
	ID        tandem.JobID
	Kind      string
	Arg       string
	Queue     string    // jobs of one queue run one after the other, in the order they were added
	Once      string    // at most one waiting job has it; an earlier due time wins
	RunAt     time.Time // not before
	Fence     int64     // of the lease; a worker that lost it cannot complete the job
	Until     time.Time // end of the lease: from then on another may have it
	Tries     int
	Created   time.Time
}

// Hands carry out jobs on this node. A job that is due at once is leased to them by the very commit
// that adds it.
type Hands interface {
	Take() (lease time.Duration, free bool) // keeps a hand free
	Drop()                                  // frees it again: the job was not stored
	Start(Job)                              // after the commit
}

// Enqueue adds a job in the same transaction as the change that needs it.
func (tx *Tx) Enqueue(j Job) error {
	if j.RunAt.IsZero() {
		j.RunAt = tx.Now
	}
	if done, err := tx.handOut(j); done || err != nil {
		return err
	}
	if tx.due.IsZero() || j.RunAt.Before(tx.due) {
		tx.due = j.RunAt
	}
	return tx.must(`insert into job (workspace, id, kind, arg, queue, once, run_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (workspace, once) do update set run_at = case when excluded.run_at < job.run_at then excluded.run_at else job.run_at end`,
		tx.WS, tandem.NewID[tandem.JobID](), j.Kind, j.Arg, j.Queue, nullable(j.Once), us(j.RunAt), us(tx.Now))
}

// handOut adds a job that is due and first in its queue as leased to a free hand of this node. Where
// nodes share a store the claim decides, under its locks, who comes first.
func (tx *Tx) handOut(j Job) (bool, error) {
	if tx.db.hands == nil || tx.db.pg || j.RunAt.After(tx.Now) {
		return false, nil
	}
	if j.Queue != "" || j.Once != "" {
		before, err := rows(context.Background(), tx, one[int], `select 1 from job where dead = 0 and workspace = $1 and queue = $2 and queue <> ''
			union all select 1 from job where workspace = $1 and once = $3`, tx.WS, j.Queue, nullable(j.Once))
		if err != nil || len(before) > 0 {
			return false, err
		}
	}
	lease, free := tx.db.hands.Take()
	if !free {
		return false, nil
	}
	j.Workspace, j.ID, j.Fence, j.Until, j.Tries, j.Created = tx.WS, tandem.NewID[tandem.JobID](), 1, tx.Now.Add(lease), 1, tx.Now
	tx.taken = append(tx.taken, j)
	return true, tx.must(`insert into job (workspace, id, kind, arg, queue, run_at, lease_until, fence, tries, created_at) values ($1, $2, $3, $4, $5, $6, $7, 1, 1, $8)`,
		j.Workspace, j.ID, j.Kind, j.Arg, j.Queue, us(j.RunAt), us(j.Until), us(tx.Now))
}

// drop frees the hands of a transaction that came to nothing.
func (tx *Tx) drop() {
	for range tx.taken {
		tx.db.hands.Drop()
	}
	tx.taken = nil
}

// next wakes the runner for the job that waits behind j in its queue.
func (tx *Tx) next(j Job) error {
	if j.Queue == "" {
		return nil
	}
	waiting, err := rows(context.Background(), tx, one[int], `select 1 from job where queue = $1 and queue <> '' and dead = 0 and workspace = $2 limit 1`, j.Queue, j.Workspace)
	if len(waiting) > 0 {
		tx.due = tx.Now
	}
	return err
}

// Cancel removes waiting jobs by their once key; one that is running finishes.
func (tx *Tx) Cancel(once string) error {
	return tx.must(`delete from job where workspace = $1 and once = $2`, tx.WS, once)
}

// first holds for a job j with nothing before it in its queue.
const first = `not exists (select 1 from job e where e.queue = j.queue and e.queue <> '' and e.dead = 0 and e.id < j.id and e.workspace = j.workspace)`

const jobColumns = `workspace, id, kind, arg, queue, run_at, fence, lease_until, tries, created_at`

func scanJob(r *sql.Rows, j *Job) error {
	return r.Scan(&j.Workspace, &j.ID, &j.Kind, &j.Arg, &j.Queue, moment{&j.RunAt}, &j.Fence, moment{&j.Until}, &j.Tries, moment{&j.Created})
}

// ClaimJobs leases at most limit due jobs, oldest first. Of each queue only the first is taken, and
// none while an earlier one is under way. The fence grows with each lease.
func (db *DB) ClaimJobs(ctx context.Context, lease time.Duration, limit int) (out []Job, err error) {
	skip := ""
	if db.pg {
		skip = " for update of j skip locked"
	}
	err = db.Write(ctx, "", func(tx *Tx) error {
		// PostgreSQL may run a subquery that locks once for each row it compares, and take more than the limit: materialized, it runs once
		out, err = rows(context.Background(), tx, scanJob, `with due as materialized (select j.workspace, j.id from job j where j.dead = 0 and j.run_at <= $2 and j.lease_until <= $2
				and `+first+`
				order by j.run_at, j.id`+top(limit)+skip+`)
			update job set lease_until = $1, fence = fence + 1, tries = tries + 1, once = null
			where (workspace, id) in (select workspace, id from due) returning `+jobColumns, us(tx.Now.Add(lease)), us(tx.Now))
		return err
	})
	return out, err
}

// NextDue returns when the next job can be claimed, and false where none waits. It looks at the few
// that are leased and at the first of those that are not, not at the thousands that wait for a day.
func (db *DB) NextDue(ctx context.Context) (time.Time, bool, error) {
	at, err := get(ctx, db, "job", func(r *sql.Rows, t *time.Time) error { return r.Scan(moment{t}) },
		`select coalesce(min(due), 0) from (
			select * from (select run_at as due from job j where dead = 0 and lease_until = 0 and `+first+` order by run_at limit 1) as free
			union all
			select case when lease_until > run_at then lease_until else run_at end from job j where dead = 0 and lease_until > 0 and `+first+`) as heads`)
	return at, !at.IsZero(), err
}

// Finish completes a job together with what it did. A worker whose lease was given to another gets
// a Conflict, and with it its whole transaction is undone.
func (tx *Tx) Finish(j Job) error {
	n, err := tx.exec(`delete from job where workspace = $1 and id = $2 and fence = $3`, j.Workspace, j.ID, j.Fence)
	if err == nil && n == 0 {
		return tandem.Coded(tandem.Conflict, "lost_lease", "job %s is no longer ours", j.ID)
	}
	return errors.Join(err, tx.next(j))
}

// Resume puts a job off that has done a part of its work: it goes on with another argument, and keeps its place
// in the queue. A worker that lost its lease gets a Conflict.
func (tx *Tx) Resume(j Job, arg string, at time.Time) error {
	n, err := tx.exec(`update job set arg = $4, run_at = $5, lease_until = 0, tries = 0 where workspace = $1 and id = $2 and fence = $3`, j.Workspace, j.ID, j.Fence, arg, us(at))
	if err == nil && n == 0 {
		return tandem.Coded(tandem.Conflict, "lost_lease", "job %s is no longer ours", j.ID)
	}
	if err == nil && (tx.due.IsZero() || at.Before(tx.due)) {
		tx.due = at
	}
	return err
}

// Extend makes the lease of a job longer. A worker that lost it gets a Conflict.
func (tx *Tx) Extend(j Job, until time.Time) error {
	n, err := tx.exec(`update job set lease_until = $4 where workspace = $1 and id = $2 and fence = $3`, j.Workspace, j.ID, j.Fence, us(until))
	if err == nil && n == 0 {
		return tandem.Coded(tandem.Conflict, "lost_lease", "job %s is no longer ours", j.ID)
	}
	return err
}

// PutOff gives a job back to be run later, with its number of tries. The problem is a code or a short
// reason without words of customers.
func (tx *Tx) PutOff(j Job, at time.Time, problem string) error {
	if tx.due.IsZero() || at.Before(tx.due) {
		tx.due = at
	}
	return tx.must(`update job set run_at = $4, lease_until = 0, problem = $5, tries = $6 where workspace = $1 and id = $2 and fence = $3`, j.Workspace, j.ID, j.Fence, us(at), problem, j.Tries)
}

// Bury marks a job of this workspace that will not be tried again; it stays to be seen and revived.
func (tx *Tx) Bury(j Job, problem string) error {
	tx.Emit(tandem.Event{Kind: tandem.JobDead, Subject: string(j.ID), Code: j.Kind, Actor: "clock"})
	return errors.Join(tx.must(`update job set dead = 1, lease_until = 0, problem = $4 where workspace = $1 and id = $2 and fence = $3`, j.Workspace, j.ID, j.Fence, problem),
		tx.next(j))
}

// DeadJob is a job that will not run again by itself.
type DeadJob struct {
	Job
	Problem string
}

// DeadJobs returns the buried jobs of a workspace, newest first.
func (db *DB) DeadJobs(ctx context.Context, ws tandem.WorkspaceID) ([]DeadJob, error) {
	return list(ctx, db, func(r *sql.Rows, d *DeadJob) error {
		return r.Scan(&d.Workspace, &d.ID, &d.Kind, &d.Arg, &d.Queue, moment{&d.RunAt}, &d.Fence, moment{&d.Until}, &d.Tries, moment{&d.Created}, &d.Problem)
	}, `select `+jobColumns+`, problem from job where workspace = $1 and dead = 1 order by id desc limit 200`, ws)
}

// Revive lets a buried job run again on a person's word.
func (tx *Tx) Revive(id tandem.JobID) error {
	tx.due = tx.Now
	n, err := tx.exec(`update job set dead = 0, run_at = $3, lease_until = 0, tries = 0 where workspace = $1 and id = $2 and dead = 1`, tx.WS, id, us(tx.Now))
	if err == nil && n == 0 {
		return tandem.Coded(tandem.NotFound, "not_found", "no such dead job")
	}
	return err
}

// Jobs counts the jobs of a kind that wait, leased ones included; an empty kind counts all.
func (db *DB) Jobs(ctx context.Context, ws tandem.WorkspaceID, kind string) (int, error) {
	return get(ctx, db, "workspace", one[int], `select count(*) from job where workspace = $1 and dead = 0 and (kind = $2 or $2 = '')`, ws, kind)
}

// ReleaseLeases frees what a crashed process of this store had claimed. Only for a store of one
// node, at its start: then nobody else can be at work.
func (db *DB) ReleaseLeases(ctx context.Context) error {
	if db.pg {
		return nil
	}
	return db.Write(ctx, "", func(tx *Tx) error { return tx.must(`update job set lease_until = 0 where lease_until > 0`) })
}
