package store

import (
	"context"
	"database/sql"

	"tandem"
)

const workspaceColumns = `id, name, zone, lang, hours, settings`

func scanWorkspace(r *sql.Rows, w *tandem.Workspace) error {
	return r.Scan(&w.ID, &w.Name, &w.Zone, &w.Lang, body{&w.Hours}, body{&w.Settings})
}

// Workspaces returns all companies.
func (db *DB) Workspaces(ctx context.Context) ([]tandem.Workspace, error) {
	return list(ctx, db, scanWorkspace, `select `+workspaceColumns+` from workspace order by id`)
}

// Workspace reads one company.
func (db *DB) Workspace(ctx context.Context, id tandem.WorkspaceID) (tandem.Workspace, error) {
	return get(ctx, db, "workspace", scanWorkspace, `select `+workspaceColumns+` from workspace where id = $1`, id)
}

// Workspace reads the transaction's company.
func (tx *Tx) Workspace() (tandem.Workspace, error) {
	return row(context.Background(), tx, "workspace", scanWorkspace, `select `+workspaceColumns+` from workspace where id = $1`, tx.WS)
}

// LockWorkspace reads the transaction's company and keeps others from changing it until the commit.
// Whoever writes it back begins here; sending and deciding only look (Workspace) and wait for nobody.
func (tx *Tx) LockWorkspace() (tandem.Workspace, error) {
	return row(context.Background(), tx, "workspace", scanWorkspace, `select `+workspaceColumns+` from workspace where id = $1`+tx.forUpdate(), tx.WS)
}

// SaveWorkspace adds or changes a company. A change stands on LockWorkspace.
func (tx *Tx) SaveWorkspace(w tandem.Workspace) error {
	err := tx.must(`insert into workspace (id, name, zone, lang, hours, settings) values ($1, $2, $3, $4, $5, $6)
		on conflict (id) do update set name = excluded.name, zone = excluded.zone, lang = excluded.lang, hours = excluded.hours, settings = excluded.settings`,
		w.ID, w.Name, w.Zone, w.Lang, text(w.Hours), text(w.Settings))
	if err == nil {
		tx.Emit(tandem.Event{Kind: tandem.PolicyChanged, Code: "workspace"})
	}
	return err
}

// Paused tells whether the bot is silenced, everywhere or on a topic.
func (tx *Tx) Paused(topic string) (bool, error) {
	w, err := tx.Workspace()
	if err != nil || w.Settings.Paused {
		return err == nil, err
	}
	n, err := row(context.Background(), tx, "workspace", one[int64], `select count(*) from touchpoint where workspace = $1 and id = $2 and paused = 1`, tx.WS, topic)
	return n > 0, err
}

const touchpointColumns = `id, temper, speed, empathy, level, profile, team, paused, clock, levels, version`

func scanTouchpoint(r *sql.Rows, t *tandem.Touchpoint) error {
	return r.Scan(&t.ID, &t.Temper, &t.Speed, &t.Empathy, &t.Level, &t.Profile, &t.Team, flag{&t.Paused}, flag{&t.Clock}, body{&t.Levels}, &t.Version)
}

// Touchpoints returns the map.
func (db *DB) Touchpoints(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Touchpoint, error) {
	return list(ctx, db, scanTouchpoint, `select `+touchpointColumns+` from touchpoint where workspace = $1 order by id`, ws)
}

// Touchpoints returns the map within a transaction, to be changed by it.
func (tx *Tx) Touchpoints() ([]tandem.Touchpoint, error) {
	return rows(context.Background(), tx, scanTouchpoint, `select `+touchpointColumns+` from touchpoint where workspace = $1 order by id`+tx.forUpdate(), tx.WS)
}

// Touchpoint reads one topic within a transaction.
func (tx *Tx) Touchpoint(id string) (tandem.Touchpoint, error) {
	return row(context.Background(), tx, "touchpoint", scanTouchpoint, `select `+touchpointColumns+` from touchpoint where workspace = $1 and id = $2`+tx.forUpdate(), tx.WS, id)
}

// SaveTouchpoint adds or changes a topic. The version that was read must still be the one stored:
// otherwise somebody else moved it and the caller gets a Conflict.
func (tx *Tx) SaveTouchpoint(t tandem.Touchpoint, actor string) error {
	n, err := tx.exec(`insert into touchpoint (workspace, id, temper, speed, empathy, level, profile, team, paused, clock, levels, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $12, 1)
		on conflict (workspace, id) do update set temper = excluded.temper, speed = excluded.speed, empathy = excluded.empathy, level = excluded.level,
		profile = excluded.profile, team = excluded.team, paused = excluded.paused, clock = excluded.clock, levels = excluded.levels, version = touchpoint.version + 1 where touchpoint.version = $11`,
		tx.WS, t.ID, t.Temper, t.Speed, t.Empathy, t.Level, t.Profile, t.Team, bit(t.Paused), bit(t.Clock), t.Version, text(t.Levels))
	if err == nil && n == 0 {
		return tandem.Coded(tandem.Conflict, "stale_version", "the topic was changed by somebody else; read it again")
	}
	tx.Emit(tandem.Event{Kind: tandem.PolicyChanged, Subject: t.ID, Actor: actor, Data: map[string]any{"level": t.Level, "speed": t.Speed, "empathy": t.Empathy, "paused": t.Paused}})
	return err
}

// SaveTeam adds or renames a team.
func (tx *Tx) SaveTeam(t tandem.Team) error {
	return tx.must(`insert into team (workspace, id, name) values ($1, $2, $3) on conflict (workspace, id) do update set name = excluded.name`, tx.WS, t.ID, t.Name)
}

// Teams returns the teams of a workspace.
func (db *DB) Teams(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.Team, error) {
	return list(ctx, db, func(r *sql.Rows, t *tandem.Team) error { return r.Scan(&t.ID, &t.Name) }, `select id, name from team where workspace = $1 order by name`, ws)
}

// Trail records what a person did to settings, people or data.
func (tx *Tx) Trail(by tandem.UserID, action, subject string, data map[string]any) error {
	return tx.must(`insert into trail (workspace, id, member, action, subject, data, at) values ($1, $2, $3, $4, $5, $6, $7)`,
		tx.WS, tandem.NewID[string](), by, action, subject, text(data), us(tx.Now))
}
