// Package web is the plumbing of HTTP: errors as problem+json, event streams, static files, and the
// guards that every request passes. It knows no route, no noun and no database, and it never logs
// what somebody wrote: a log line has the route's pattern, never a query or a body.
package web
