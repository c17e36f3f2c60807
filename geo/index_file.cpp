#include "geo/index_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>

#include "geo/atlas_image.hpp"

namespace kordon::geo {
namespace {

/// Goes up with every change of what is in the file or how it is made.
constexpr std::uint32_t format_version = 7;

struct alignas(64) Header {
  std::array<char, 8> magic{'K', 'O', 'R', 'D', 'O', 'N', 'I', 'X'};
  std::uint32_t byte_order = 0x01020304;
  std::uint32_t version = format_version;
  std::uint64_t payload_bytes = 0;
  std::uint64_t checksum = 0;       ///< of the payload
  std::uint64_t content_bytes = 0;  ///< the payload's first part, see `IndexedAtlas::content`; the key and notes follow
  std::array<char, 24> reserved{};
};

struct Checksums {
  std::uint64_t content, payload;
};

/// XXH3 of the first part, and of both.
Checksums checksums_of(std::span<const char> content, std::span<const char> notes) {
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
  if (!state) throw std::bad_alloc();
  XXH3_64bits_reset(state.get());
  XXH3_64bits_update(state.get(), content.data(), content.size());
  const auto of_content = XXH3_64bits_digest(state.get());
  XXH3_64bits_update(state.get(), notes.data(), notes.size());
  return {of_content, XXH3_64bits_digest(state.get())};
}

/// What an index file holds behind its header.
struct Payload {
  std::string content, notes;

  Payload(const IndexedAtlas& indexed, std::string_view key) {
    ImageWriter lines;
    indexed.index.put(lines);
    put_lines(lines, indexed.atlas);
    content = std::move(lines).take();
    ImageWriter rest;
    rest.put(std::string(key));
    put_notes(rest, indexed.atlas, indexed.warnings);
    notes = std::move(rest).take();
  }
};

/// Whose a file must be, and who may write to it, for its numbers to be believed.
std::optional<std::string> distrust(const struct stat& status) {
  constexpr mode_t by_others = S_IWGRP | S_IWOTH;
  if (!S_ISREG(status.st_mode)) return "is no file";
  if (status.st_uid != 0 && status.st_uid != geteuid()) return "belongs to another user";
  if ((status.st_mode & by_others) != 0) return "may be written to by others";
  return {};
}

/// A whole file's bytes as they were when it was opened. Where this process could not write to it, for it is the system
/// administrator's, it is mapped, so that processes share it; else it is copied: a mapping that is cut short ends the
/// process that reads it.
class Bytes {
 public:
  /// The descriptor remains the caller's.
  explicit Bytes(int descriptor) {
    struct stat status{};
    if (fstat(descriptor, &status) != 0 || status.st_size <= 0) return;
    const auto size = static_cast<std::size_t>(status.st_size);
    const bool shared = status.st_uid == 0 && geteuid() != 0;
    bytes_ = shared ? mapped(descriptor, size) : copied(descriptor, size);
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() {
    if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  }

  [[nodiscard]] std::span<const char> bytes() const { return bytes_; }

 private:
  static std::span<const char> mapped(int descriptor, std::size_t size) {
    auto* memory = mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) return {};
    return {static_cast<const char*>(memory), size};
  }

  /// Zeros behind what the file has by now, if that is less than `size`; then its checksum differs.
  static std::span<const char> copied(int descriptor, std::size_t size) {
    auto* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return {};
    madvise(memory, size, MADV_HUGEPAGE);  // a hint: few page faults, and few entries in the processor's tables
    auto* to = static_cast<char*>(memory);
    for (std::size_t at = 0; at < size;) {
      const auto count = pread(descriptor, to + at, size - at, static_cast<off_t>(at));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      at += static_cast<std::size_t>(count);
    }
    mprotect(memory, size, PROT_READ);
    return {to, size};
  }

  std::span<const char> bytes_;
};

/// The header of a file whose checksum must still be compared; or why it cannot be used.
std::expected<Header, std::string> header_of(std::span<const char> bytes) {
  Header header;
  if (bytes.size() < sizeof header) return std::unexpected("is cut short");
  std::memcpy(&header, bytes.data(), sizeof header);
  const Header fresh;
  if (header.magic != fresh.magic) return std::unexpected("is not an index file");
  if (header.version != fresh.version || header.byte_order != fresh.byte_order) {
    return std::unexpected("is of another version");
  }
  if (header.payload_bytes != bytes.size() - sizeof header || header.content_bytes > header.payload_bytes) {
    return std::unexpected("is cut short");
  }
  return header;
}

std::expected<IndexedAtlas, std::string> read(std::shared_ptr<const Bytes> file, std::string_view key) {
  const auto header = header_of(file->bytes());
  if (!header) return std::unexpected(header.error());
  const auto payload = file->bytes().subspan(sizeof(Header));
  const auto content = payload.first(header->content_bytes);
  const auto notes = payload.subspan(header->content_bytes);
  const auto checksums = checksums_of(content, notes);
  if (checksums.payload != header->checksum) return std::unexpected("is damaged: its checksum differs");
  ImageReader rest(notes);
  std::string made_for;
  rest.take(made_for);
  if (made_for != key) return std::unexpected("is stale: the layers or their settings have changed");
  ImageReader lines(content);
  IndexedAtlas indexed{{}, Index(lines, file), {}, checksums.content};
  take_lines(lines, indexed.atlas);
  take_notes(rest, indexed.atlas, indexed.warnings);
  const bool good = lines.good() && rest.good();
  if (good && indexed.index.target_count() == indexed.atlas.target_count()) return indexed;
  return std::unexpected("is damaged");
}

bool write_all(int descriptor, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

bool save(int descriptor, const Payload& payload) {
  Header header;
  header.payload_bytes = payload.content.size() + payload.notes.size();
  header.checksum = checksums_of(payload.content, payload.notes).payload;
  header.content_bytes = payload.content.size();
  return write_all(descriptor, {reinterpret_cast<const char*>(&header), sizeof header}) &&
         write_all(descriptor, payload.content) && write_all(descriptor, payload.notes);
}

/// Under another name first, so that nobody sees half a file; one that nobody can know before, and where nothing is
/// yet, so that no link that lies there is followed.
bool write(const std::filesystem::path& file, const Payload& payload) {
  auto unfinished = file.string() + ".XXXXXX";
  const int descriptor = mkostemp(unfinished.data(), O_CLOEXEC);
  if (descriptor < 0) return false;
  constexpr mode_t for_all_to_read = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
  const bool saved = save(descriptor, payload) && fchmod(descriptor, for_all_to_read) == 0;
  const bool closed = close(descriptor) == 0;
  std::error_code failed;
  if (saved && closed) std::filesystem::rename(unfinished, file, failed);
  if (saved && closed && !failed) return true;
  std::filesystem::remove(unfinished, failed);
  return false;
}

}  // namespace

std::expected<IndexedAtlas, std::string> open_indexed(int descriptor, const std::vector<LayerSource>& sources,
                                                      std::string_view key) {
  auto indexed = read(std::make_shared<const Bytes>(descriptor), key);
  if (!indexed) return indexed;
  if (indexed->atlas.layers.size() > sources.size()) return std::unexpected("is of other layers");
  for (std::size_t i = 0; i < indexed->atlas.layers.size(); ++i) indexed->atlas.layers[i].file = sources[i].file;
  return indexed;
}

std::expected<IndexedAtlas, std::string> open_index_file(const std::filesystem::path& file,
                                                         const std::vector<LayerSource>& sources,
                                                         std::string_view key) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return std::unexpected("cannot be read");
  struct stat status{};
  const bool known = fstat(descriptor, &status) == 0;
  const auto fault = known ? distrust(status) : std::optional<std::string>("cannot be read");
  std::expected<IndexedAtlas, std::string> indexed = std::unexpected(fault.value_or(""));
  if (!fault) indexed = open_indexed(descriptor, sources, key);
  close(descriptor);
  return indexed;
}

bool save_indexed(int descriptor, const IndexedAtlas& indexed, std::string_view key) {
  return save(descriptor, Payload(indexed, key));
}

std::expected<IndexedAtlas, Faults> load_indexed(const std::vector<LayerSource>& sources,
                                                 const BorderAccuracy& border_accuracy_m,
                                                 const std::filesystem::path& file, std::string_view key,
                                                 const BeginLayer& begin_layer) {
  std::string fault;
  if (!file.empty() && std::filesystem::exists(file)) {
    auto indexed = open_index_file(file, sources, key);
    if (indexed) return std::move(*indexed);
    fault = std::move(indexed.error());
  }
  auto loaded = load_atlas(sources, border_accuracy_m, begin_layer);
  if (!loaded) return std::unexpected(std::move(loaded.error()));
  Index index(loaded->atlas);
  IndexedAtlas indexed{std::move(loaded->atlas), std::move(index), std::move(loaded->warnings)};
  const Payload payload(indexed, key);
  indexed.content = checksums_of(payload.content, payload.notes).content;
  if (file.empty()) return indexed;
  const bool written = write(file, payload);
  if (!fault.empty()) indexed.warnings.push_back({file, "index file " + fault + "; it is made anew"});
  if (!written) indexed.warnings.push_back({file, "the index file cannot be written; the next start is slower"});
  return indexed;
}

}  // namespace kordon::geo
