#include "core/base/check.h"

namespace tierworks::core {

void check_failed(const char* condition, const char* message, std::initializer_list<long long> values) {
  std::string text = std::string(message) + " (" + condition;
  for (const long long v : values) text += ", " + std::to_string(v);
  throw Broken(text + ")");
}

void rethrow_with_event(const Broken& broken, long long ticks, int phase, unsigned kind, unsigned place) {
  throw Broken(std::string(broken.what()) + " at tick " + std::to_string(ticks) + ", phase " + std::to_string(phase) +
               ", event kind " + std::to_string(kind) + ", place " + std::to_string(place));
}

}  // namespace tierworks::core
