#pragma once
#include "base/error.hpp"
#include "base/json/scalar.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace mcp::json {

/// What a JSON text says, in its order. Each event answers whether to go on: false ends the reading at once.
class Events {
public:
    virtual ~Events() = default;
    virtual bool object_begin() = 0;
    virtual bool object_end() = 0;
    virtual bool array_begin() = 0;
    virtual bool array_end() = 0;
    virtual bool member(std::string_view name) = 0; ///< a value or a beginning follows
    virtual bool scalar(const Scalar& value) = 0;
};

/// What bounds other people's JSON, so that hostile text costs neither stack nor memory.
struct Limits {
    std::size_t depth = 64;                ///< arrays and objects within each other
    std::size_t string_bytes = 1 << 20;    ///< one string, name or number
    std::uint64_t text_bytes = 1ULL << 40; ///< the whole text
    std::size_t documents = 1;             ///< that may follow each other; all but the first are objects
};

/// Reads JSON piece by piece, without ever holding the whole: 40 to 100 MB of graph cost a few kB.
/// Strings may hold invalid UTF-8 (see clean_text); an escape that is half a surrogate pair reads as U+FFFD; a UTF-8
/// byte order mark at the start is skipped. A member named twice is told twice.
class Stream {
public:
    explicit Stream(Events& events, Limits limits = {});
    ~Stream();
    Stream(Stream&&) noexcept;
    Stream& operator=(Stream&&) noexcept;

    /// The next bytes, cut anywhere. After an error nothing more may be written.
    /// Errors name the byte (0 is the first) of the last name, string or number that could still be read.
    [[nodiscard]] Result<void> write(std::string_view chunk);
    /// To be called after the last byte: the text must be complete.
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] bool stopped() const;                 ///< an event said so; write() then succeeds and reads nothing
    [[nodiscard]] std::uint64_t bytes() const;          ///< written so far
    [[nodiscard]] std::uint64_t document_begin() const; ///< the byte at which the document begins that is being read

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace mcp::json
