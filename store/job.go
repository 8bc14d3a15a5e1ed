package store

import (
	"context"
	"database/sql"
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
	Tries     int
	Created   time.Time
}

// Enqueue adds a job in the same transaction as the change that needs it.
func (tx *Tx) Enqueue(j Job) error {
	if j.RunAt.IsZero() {
		j.RunAt = tx.Now
	}
	if tx.due.IsZero() || j.RunAt.Before(tx.due) {
		tx.due = j.RunAt
	}
	return tx.must(`insert into job (workspace, id, kind, arg, queue, once, run_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (workspace, once) do update set run_at = case when excluded.run_at < job.run_at then excluded.run_at else job.run_at end`,
		tx.WS, tandem.NewID[tandem.JobID](), j.Kind, j.Arg, j.Queue, nullable(j.Once), us(j.RunAt), us(tx.Now))
}

// Cancel removes waiting jobs by their once key; one that is running finishes.
func (tx *Tx) Cancel(once string) error {
	return tx.must(`delete from job where workspace = $1 and once = $2`, tx.WS, once)
}

const jobColumns = `workspace, id, kind, arg, queue, run_at, fence, tries, created_at`

func scanJob(r *sql.Rows, j *Job) error {
	return r.Scan(&j.Workspace, &j.ID, &j.Kind, &j.Arg, &j.Queue, moment{&j.RunAt}, &j.Fence, &j.Tries, moment{&j.Created})
}

// ClaimJobs leases at most limit due jobs, oldest first. Of each queue only the first is taken, and
// none while an earlier one is under way. The fence grows with each lease.
func (db *DB) ClaimJobs(ctx context.Context, lease time.Duration, limit int) (out []Job, err error) {
	skip := ""
	if db.pg {
		skip = " for update of j skip locked"
	}
	err = db.Write(ctx, "", func(tx *Tx) error {
		out, err = rows(context.Background(), tx, scanJob, `update job set lease_until = $1, fence = fence + 1, tries = tries + 1, once = null
			where (workspace, id) in (select j.workspace, j.id from job j where j.dead = 0 and j.run_at <= $2 and j.lease_until <= $2
				and not exists (select 1 from job e where e.queue = j.queue and j.queue <> '' and e.dead = 0 and e.id < j.id and e.workspace = j.workspace)
				order by j.run_at, j.id limit $3`+skip+`) returning `+jobColumns, us(tx.Now.Add(lease)), us(tx.Now), limit)
		return err
	})
	return out, err
}

// NextDue returns when the next job can be claimed, and false where none waits.
func (db *DB) NextDue(ctx context.Context) (time.Time, bool, error) {
	at, err := get(ctx, db, "job", func(r *sql.Rows, t *time.Time) error { return r.Scan(moment{t}) },
		`select coalesce(min(case when lease_until > run_at then lease_until else run_at end), 0) from job j where dead = 0
			and not exists (select 1 from job e where e.queue = j.queue and j.queue <> '' and e.dead = 0 and e.id < j.id and e.workspace = j.workspace)`)
	return at, !at.IsZero(), err
}

// Finish completes a job together with what it did. A worker whose lease was given to another gets
// a Conflict, and with it its whole transaction is undone.
func (tx *Tx) Finish(j Job) error {
	n, err := tx.exec(`delete from job where workspace = $1 and id = $2 and fence = $3`, j.Workspace, j.ID, j.Fence)
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
	return tx.must(`update job set dead = 1, lease_until = 0, problem = $4 where workspace = $1 and id = $2 and fence = $3`, j.Workspace, j.ID, j.Fence, problem)
}

// DeadJob is a job that will not run again by itself.
type DeadJob struct {
	Job
	Problem string
}

// DeadJobs returns the buried jobs of a workspace, newest first.
func (db *DB) DeadJobs(ctx context.Context, ws tandem.WorkspaceID) ([]DeadJob, error) {
	return list(ctx, db, func(r *sql.Rows, d *DeadJob) error {
		return r.Scan(&d.Workspace, &d.ID, &d.Kind, &d.Arg, &d.Queue, moment{&d.RunAt}, &d.Fence, &d.Tries, moment{&d.Created}, &d.Problem)
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
