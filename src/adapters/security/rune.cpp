#include "adapters/security/rune.hpp"

#include "adapters/security/credentials_bytes.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cctype>

namespace mcp::adapters {
namespace {

constexpr std::size_t kCodeBytes = 32;
constexpr std::size_t kConditionsMax = 500;
constexpr std::string_view kTests = "!=/^$~<>{}#";

/// Reads the text of restrictions from its front.
class RuneText {
public:
    explicit RuneText(std::string_view text) : left_(text) {}

    [[nodiscard]] bool at_end() const { return left_.empty(); }

    /// @param goes_on set when a `|` follows, after which there must be another
    std::optional<RuneCondition> condition(bool& goes_on) {
        const auto end = std::find_if(left_.begin(), left_.end(),
                                      [](unsigned char c) { return c < 0x80 && std::ispunct(c) != 0 && c != '_'; });
        if (end == left_.end() || kTests.find(*end) == std::string_view::npos) {
            return std::nullopt;
        }
        RuneCondition condition{std::string(left_.begin(), end), static_cast<RuneTest>(*end), {}};
        left_.remove_prefix(condition.field.size() + 1);
        return read_value(condition.value, goes_on) ? std::optional(std::move(condition)) : std::nullopt;
    }

private:
    bool read_value(std::string& value, bool& goes_on) {
        goes_on = false;
        while (!left_.empty()) {
            char letter = take();
            if (letter == '|' || letter == '&') {
                goes_on = letter == '|';
                return true;
            }
            if (letter == '\\') {
                if (left_.empty()) {
                    return false;
                }
                letter = take();
            }
            value += letter;
        }
        return true;
    }

    char take() {
        const char letter = left_.front();
        left_.remove_prefix(1);
        return letter;
    }

    std::string_view left_;
};

bool is_number_of_rune(const RuneCondition& condition) {
    return condition.field.empty();
}

std::optional<RuneRestriction> read_restriction(RuneText& text) {
    RuneRestriction alternatives;
    for (bool goes_on = true; goes_on;) {
        std::optional<RuneCondition> condition = text.condition(goes_on);
        if (!condition || alternatives.size() == kConditionsMax) {
            return std::nullopt;
        }
        alternatives.push_back(*std::move(condition));
    }
    return alternatives;
}

std::optional<Rune> read_restrictions(std::string_view restrictions) {
    RuneText text(restrictions);
    Rune rune;
    for (bool is_first = true; !text.at_end(); is_first = false) {
        std::optional<RuneRestriction> restriction = read_restriction(text);
        if (!restriction || rune.restrictions.size() == kConditionsMax) {
            return std::nullopt;
        }
        if (std::none_of(restriction->begin(), restriction->end(), is_number_of_rune)) {
            rune.restrictions.push_back(*std::move(restriction));
        } else if (!is_first || restriction->size() != 1 || restriction->front().test != RuneTest::equals) {
            return std::nullopt; // a number stands first, and alone
        }
    }
    return rune;
}

} // namespace

Result<Rune> parse_rune(std::string_view text) {
    const bool is_for_urls = text.find_first_of("+/") == std::string_view::npos; // Core Lightning reads no other
    const std::optional<std::string> bytes = is_for_urls ? from_base64(text) : std::nullopt;
    if (bytes && bytes->size() >= kCodeBytes) {
        const std::string_view restrictions = std::string_view(*bytes).substr(kCodeBytes);
        if (is_utf8(restrictions) && restrictions.find('\0') == std::string_view::npos) {
            if (std::optional<Rune> rune = read_restrictions(restrictions)) {
                return *std::move(rune);
            }
        }
    }
    return fail(ErrorKind::invalid_input, {"credential.no_rune", {}});
}

} // namespace mcp::adapters
