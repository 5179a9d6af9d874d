#include "graph/node_figures.hpp"

#include "tests/real/real_data.hpp"

#include <cmath>
#include <fmt/format.h>
#include <map>

namespace mcp::graph {
namespace {

using CsvRow = std::map<std::string, std::string>;

/// RFC 4180 with a header: quoted cells may hold commas, quotes and line ends.
std::vector<CsvRow> parse_csv(const std::string& text) {
    std::vector<std::vector<std::string>> lines(1, std::vector<std::string>(1));
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string& cell = lines.back().back();
        if (text[i] == '"' && is_quoted && i + 1 < text.size() && text[i + 1] == '"') {
            cell += text[i++];
        } else if (text[i] == '"') {
            is_quoted = !is_quoted;
        } else if (text[i] == ',' && !is_quoted) {
            lines.back().emplace_back();
        } else if (text[i] == '\n' && !is_quoted) {
            lines.emplace_back(1);
        } else if (text[i] != '\r' || is_quoted) {
            cell += text[i];
        }
    }
    std::vector<CsvRow> rows;
    for (std::size_t line = 1; line < lines.size(); ++line) {
        if (lines[line].size() == lines[0].size()) {
            for (CsvRow& row = rows.emplace_back(); const std::string& name : lines[0]) {
                row[name] = lines[line][static_cast<std::size_t>(&name - lines[0].data())];
            }
        }
    }
    return rows;
}

/// The publisher leaves a cell empty where there is nothing to tell.
bool equal(const std::string& published, std::optional<double> ours) {
    if (published.empty() || !ours) {
        return published.empty() && !ours;
    }
    const double theirs = std::stod(published);
    return std::abs(theirs - *ours) <= 1e-12 * std::max(1.0, std::abs(theirs));
}

/// @return the first figure that differs, with both values; empty when all are equal
std::string first_difference(const CsvRow& published, const NodeFigures& ours) {
    const auto of = [](const std::optional<Spread>& values, double Spread::*which) {
        return values ? std::optional((*values).*which) : std::nullopt;
    };
    const std::optional<Spread>& sizes = ours.channel_sats;
    const std::pair<const char*, std::optional<double>> figures[] = {
        {"total_channels", ours.channels},
        {"total_capacity", static_cast<double>(ours.capacity.value)},
        {"avg_chnl_size", of(sizes, &Spread::mean)},
        {"med_chnl_size", of(sizes, &Spread::median)},
        {"min_chnl_size", of(sizes, &Spread::min)},
        {"max_chnl_size", of(sizes, &Spread::max)},
        {"avg_base_fee", of(ours.base_fee_msat, &Spread::mean)},
        {"med_base_fee", of(ours.base_fee_msat, &Spread::median)},
        {"min_base_fee", of(ours.base_fee_msat, &Spread::min)},
        {"max_base_fee", of(ours.base_fee_msat, &Spread::max)},
        {"avg_fee_rate", of(ours.fee_rate_ppm, &Spread::mean)},
        {"med_fee_rate", of(ours.fee_rate_ppm, &Spread::median)},
        {"min_fee_rate", of(ours.fee_rate_ppm, &Spread::min)},
        {"max_fee_rate", of(ours.fee_rate_ppm, &Spread::max)},
    };
    for (const auto& [name, figure] : figures) {
        if (!equal(published.at(name), figure)) {
            return fmt::format("{}: published '{}', ours {}", name, published.at(name), figure.value_or(NAN));
        }
    }
    return {};
}

class PublishedNodeFigures : public testing::TestWithParam<int> {};

TEST_P(PublishedNodeFigures, EqualOursForEveryNode) {
    const std::string file = fmt::format("expected/node-figures-2025-10-{}.csv.xz", GetParam());
    SKIP_WITHOUT(file);
    const domain::Network& network = real::october(GetParam());
    const std::vector<CsvRow> published = parse_csv(real::read_unpacked(real::data_file(file)));
    EXPECT_EQ(published.size(), network.nodes.size());
    int differing = 0;
    for (const CsvRow& row : published) {
        const auto node = network.find(domain::PubKey::parse(row.at("pub_key")).value());
        ASSERT_TRUE(node) << row.at("pub_key");
        const std::string difference = first_difference(row, node_figures(network, *node));
        differing += difference.empty() ? 0 : 1;
        EXPECT_EQ(difference, "") << row.at("pub_key");
        ASSERT_LT(differing, 10) << "and so on";
    }
}

INSTANTIATE_TEST_SUITE_P(October2025, PublishedNodeFigures, testing::Values(23, 24, 25),
                         testing::PrintToStringParamName());

} // namespace
} // namespace mcp::graph
