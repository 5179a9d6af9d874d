// Any bytes as answers of Core Lightning to listnodes and listchannels: as graph_reader, and no private channel may be
// left in what is read.
#include "tests/support/graph_laws.hpp"

#include <cstdint>
#include <string>

namespace {

/// Node 2...9 stands at the end of a private channel only: see the corpus.
constexpr const char* kPrivatePeer = "029999999999999999999999999999999999999999999999999999999999999999";

constexpr const char* kPrivateRow =
    R"({"channels":[{"source":"020000000000000000000000000000000000000000000000000000000000000001","destination":)"
    R"("029999999999999999999999999999999999999999999999999999999999999999","short_channel_id":"9x9x9",)"
    R"("direction":0,"public":false,"amount_msat":1000}]})";

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    mcp::test::demand_a_lawful_graph(text);
    if (text.find("99999999") == std::string_view::npos) {
        const auto network = mcp::adapters::parse_graph(kPrivateRow + std::string(text));
        const auto peer = mcp::domain::PubKey::parse(kPrivatePeer);
        mcp::test::demand(!network || (!network->find(*peer) && network->notes.private_channels > 0));
    }
    return 0;
}
