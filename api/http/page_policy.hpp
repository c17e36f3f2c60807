#pragma once

#include <string>
#include <string_view>

namespace kordon::api::http {

/// The Content-Security-Policy of a page that is whole in itself: its own `<script>` and `<style>` elements by their
/// hashes, requests to this service, and nothing else; in no frame.
std::string page_policy(std::string_view html);

}  // namespace kordon::api::http
