#pragma once

namespace kordon::cli {

/// From now on SIGINT and SIGTERM are only noted, once; a second one ends the program at once. A closed pipe is an
/// error of the write, not a signal.
void note_interrupts();

bool interrupted();

}  // namespace kordon::cli
