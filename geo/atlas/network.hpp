#pragma once

namespace kordon::geo {

/// Keeps GDAL and PROJ from the network, or lets them to it, from now on and for the whole process: downloads, remote
/// file systems (/vsicurl/ and those of clouds), grids of PROJ. What an environment variable says does not count.
void allow_network(bool allowed);

}  // namespace kordon::geo
