#include "geo/atlas/network.hpp"

#include <cpl_conv.h>
#include <cpl_http.h>
#include <cpl_vsi_virtual.h>
#include <ogr_srs_api.h>

#include <array>
#include <cerrno>
#include <mutex>

namespace kordon::geo {
namespace {

constexpr std::array remote_file_systems{
    "/vsicurl/",
    "/vsicurl_streaming/",
    "/vsis3/",
    "/vsis3_streaming/",
    "/vsigs/",
    "/vsigs_streaming/",
    "/vsiaz/",
    "/vsiadls/",
    "/vsiaz_streaming/",
    "/vsioss/",
    "/vsioss_streaming/",
    "/vsiswift/",
    "/vsihdfs/",
    "/vsiwebhdfs/",
    "/vsiswift_streaming/",
};

/// A file system in which nothing is.
class NoFileSystem final : public VSIFilesystemHandler {
 public:
  VSIVirtualHandle* Open(const char* name, const char*, bool, CSLConstList) override {
    CPLError(CE_Failure, CPLE_OpenFailed, "%s: the network is not to be used", name);
    errno = EACCES;
    return nullptr;
  }
  int Stat(const char*, VSIStatBufL*, int) override {
    errno = EACCES;
    return -1;
  }
};

CPLHTTPResult* refuse(const char* url, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc, void*, void*) {
  CPLError(CE_Failure, CPLE_HttpResponse, "%s: the network is not to be used", url);
  auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
  result->nStatus = 1;
  result->pszErrBuf = CPLStrdup("the network is not to be used");
  return result;
}

/// For the life of the process: GDAL takes no handler back, and forgets those that it had, which others may still use.
void close_remote_file_systems() {
  static std::array<VSIFilesystemHandler*, remote_file_systems.size()> replaced{};
  for (std::size_t i = 0; i < replaced.size(); ++i) {
    replaced[i] = VSIFileManager::GetHandler(remote_file_systems[i]);
    VSIFileManager::InstallHandler(remote_file_systems[i], new NoFileSystem);
  }
}

}  // namespace

void allow_network(bool allowed) {
  static std::mutex mutex;
  static bool closed = false;
  const std::scoped_lock lock(mutex);
  OSRSetPROJEnableNetwork(allowed ? 1 : 0);
  CPLHTTPSetFetchCallback(allowed ? nullptr : refuse, nullptr);
  if (allowed || closed) return;
  close_remote_file_systems();
  closed = true;
}

}  // namespace kordon::geo
