#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace kordon::config {

/// The SHA-256 of bytes that come in pieces. Throws where the machine has none.
class Sha256 {
 public:
  Sha256();
  Sha256(const Sha256& other);  ///< goes on from the same bytes
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256() = default;
  void add(std::string_view bytes);
  /// 64 digits; to be called once, at the end.
  [[nodiscard]] std::string hex();
  /// The same as base64, 44 characters.
  [[nodiscard]] std::string base64();

 private:
  std::string digest();

  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace kordon::config
