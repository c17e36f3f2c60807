#pragma once

namespace kordon::cli {

/// From now on this process may have so much more memory of its own, in GB of 10^9 bytes (RLIMIT_DATA); what is beyond
/// cannot be allocated. For what a library makes of a file that a stranger sent: of a sheet of 3 kB, gigabytes.
void bound_memory(double more_gb);

}  // namespace kordon::cli
