#pragma once

#include <atomic>
#include <memory>

namespace kordon::cli {

/// From now on SIGINT and SIGTERM are only noted, once; a second one ends the program at once. A closed pipe and
/// a limit on a file's size are errors of the write, not signals.
void note_interrupts();

bool interrupted();
/// The same for those that wait for it to be true.
std::shared_ptr<const std::atomic<bool>> interruption();

/// Waits until there is something to read, or the end; false: interrupted.
bool wait_for_input(int descriptor);

}  // namespace kordon::cli
