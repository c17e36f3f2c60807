#include "geo/index_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <fstream>
#include <optional>

#include "geo/atlas_image.hpp"

namespace kordon::geo {
namespace {

/// Goes up with every change of what is in the file or how it is made.
constexpr std::uint32_t format_version = 4;

struct alignas(64) Header {
  std::array<char, 8> magic{'K', 'O', 'R', 'D', 'O', 'N', 'I', 'X'};
  std::uint32_t byte_order = 0x01020304;
  std::uint32_t version = format_version;
  std::uint64_t payload_bytes = 0;
  std::uint64_t checksum = 0;
  std::array<char, 32> reserved{};

  bool operator==(const Header&) const = default;
};

Header header_of(std::span<const char> payload) {
  Header header;
  header.payload_bytes = payload.size();
  header.checksum = XXH3_64bits(payload.data(), payload.size());
  return header;
}

/// A whole file, mapped read-only.
class Mapping {
 public:
  explicit Mapping(const std::filesystem::path& file) {
    const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    struct stat status{};
    if (fstat(descriptor, &status) == 0 && status.st_size > 0) {
      const auto size = static_cast<std::size_t>(status.st_size);
      auto* memory = mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
      if (memory != MAP_FAILED) bytes_ = {static_cast<const char*>(memory), size};
    }
    close(descriptor);
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  }

  [[nodiscard]] std::span<const char> bytes() const { return bytes_; }

 private:
  std::span<const char> bytes_;
};

/// Why a file cannot be used, or nothing.
std::optional<std::string> fault_of(std::span<const char> bytes) {
  Header header;
  if (bytes.size() < sizeof header) return "is cut short";
  const auto payload = bytes.subspan(sizeof header);
  std::memcpy(&header, bytes.data(), sizeof header);
  const Header fresh;
  if (header.magic != fresh.magic) return "is not an index file";
  if (header.version != fresh.version || header.byte_order != fresh.byte_order) return "is of another version";
  if (header.payload_bytes != payload.size()) return "is cut short";
  if (header != header_of(payload)) return "is damaged: its checksum differs";
  return {};
}

std::optional<IndexedAtlas> read(std::shared_ptr<const Mapping> mapping, std::string_view key, std::string& fault) {
  const auto bytes = mapping->bytes();
  if (const auto found = fault_of(bytes)) {
    fault = *found;
    return {};
  }
  ImageReader image(bytes.subspan(sizeof(Header)));
  std::string made_for;
  image.take(made_for);
  if (made_for != key) {
    fault = "is stale: the layers or their settings have changed";
    return {};
  }
  IndexedAtlas indexed{{}, Index(image, mapping), {}};
  take_atlas(image, indexed.atlas, indexed.warnings);
  if (image.good()) return indexed;
  fault = "is damaged";
  return {};
}

/// Under another name first, so that nobody sees half a file.
bool write(const std::filesystem::path& file, const IndexedAtlas& indexed, std::string_view key) {
  ImageWriter image;
  image.put(std::string(key));
  indexed.index.put(image);
  put_atlas(image, indexed.atlas, indexed.warnings);
  const auto header = header_of(image.bytes());
  const auto unfinished = file.string() + fmt::format(".{}", getpid());
  std::ofstream out(unfinished, std::ios::binary);
  out.write(reinterpret_cast<const char*>(&header), sizeof header);
  out.write(image.bytes().data(), static_cast<std::streamsize>(image.bytes().size()));
  out.close();
  std::error_code failed;
  if (out) std::filesystem::rename(unfinished, file, failed);
  if (out && !failed) return true;
  std::filesystem::remove(unfinished, failed);
  return false;
}

}  // namespace

std::expected<IndexedAtlas, Faults> load_indexed(const std::vector<LayerSource>& sources,
                                                 const BorderAccuracy& border_accuracy_m,
                                                 const std::filesystem::path& file, std::string_view key) {
  std::string fault;
  if (!file.empty() && std::filesystem::exists(file)) {
    if (auto indexed = read(std::make_shared<const Mapping>(file), key, fault)) {
      for (std::size_t i = 0; i < indexed->atlas.layers.size(); ++i) indexed->atlas.layers[i].file = sources[i].file;
      return std::move(*indexed);
    }
  }
  auto loaded = load_atlas(sources, border_accuracy_m);
  if (!loaded) return std::unexpected(std::move(loaded.error()));
  Index index(loaded->atlas);
  IndexedAtlas indexed{std::move(loaded->atlas), std::move(index), std::move(loaded->warnings)};
  if (file.empty()) return indexed;
  const bool written = write(file, indexed, key);
  if (!fault.empty()) indexed.warnings.push_back({file, "index file " + fault + "; it is made anew"});
  if (!written) indexed.warnings.push_back({file, "the index file cannot be written; the next start is slower"});
  return indexed;
}

}  // namespace kordon::geo
