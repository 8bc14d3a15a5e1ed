// Package access says who may do what and proves who is asking. Every route and every event of a
// stream asks Can, which is one table of role and action; there is no second place where a right is
// decided. Passwords are argon2id, sessions are chance of which only a hash is kept. The package
// stores nothing itself and reads nothing: callers bring the user, the hash and the moment.
package access
