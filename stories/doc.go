// Package stories has what must happen, in plain Polish: each file of testdata is a story that a CX
// director can read, played against a whole tandem with a real store, the outside world in memory
// and virtual time. Beside them stand the property tests of the invariants.
package stories
