#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace kordon::cli {

/// Gives an open file that is about to be renamed to `place` the owner, group and mode of the file that is there, so
/// that it stays whose it was; without set-user-ID and set-group-ID, for its content is another. Where nothing is
/// there, the mode that the user's umask leaves. The error is one sentence: another's file that could not stay theirs.
std::expected<void, std::string> fit_to_place(int file, const std::filesystem::path& place);

}  // namespace kordon::cli
