#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/message.hpp"
#include "language/language.hpp"

#include <iosfwd>
#include <string_view>

namespace mcp::app {

/// What every command does with its end. Anything else than `kDone` has told one line on standard error.
struct ExitStatus {
    static constexpr int kDone = 0;
    static constexpr int kWorldFailed = 1; ///< a file, the network or a store
    static constexpr int kCallWrong = 2;   ///< the command line
};

/// The world as a command sees it: streams, a clock and what is known of the reader. Tests hand in their own.
struct Io {
    std::ostream& out; ///< data, and nothing else
    std::ostream& err; ///< remarks, progress and the one line of an error
    const Clock& clock;
    language::Language language = language::Language::en;
    bool colour = false;             ///< data may carry terminal colours
    bool progress = false;           ///< somebody watches, or asked for it
    int columns = 80;                ///< what text for people may fill
    unsigned threads = 1;            ///< cores that a command may use
    std::istream* answers = nullptr; ///< of a person who can be asked something on `err`; nullptr: there is none
};

/// A remark on standard error that does not end the command.
void warn(Io& io, const Message& message);
/// One line for each step of a long work, silent unless somebody watches.
void show_progress(Io& io, const Message& message);

/// Asks whether to go on. @return false as well when nobody is there to answer
[[nodiscard]] bool agrees(Io& io, const Message& question);

/// The end of a command whose call was wrong. @return ExitStatus::kCallWrong
[[nodiscard]] int refuse_call(Io& io, const Message& message);
/// The end of a command that the world failed. @return ExitStatus::kWorldFailed
[[nodiscard]] int report_failure(Io& io, const Error& error);
/// The end of a command whose files are not fit: wrong is the call where what it names does not go together
/// (ErrorKind::conflict), else the world failed.
[[nodiscard]] int refuse_or_fail(Io& io, const Error& error);

/// The end of a command that has its data: all of it goes to standard output.
/// @return ExitStatus::kDone, or world_failed with the error told
[[nodiscard]] int deliver(Io& io, std::string_view data);

} // namespace mcp::app
