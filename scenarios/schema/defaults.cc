#include "scenarios/schema/defaults.h"

#include <algorithm>
#include <string_view>
#include <type_traits>

#include "scenarios/schema/type_words.h"

namespace tierworks::schema {

namespace {

class Walk;

// One key that was left out. It counts when its description is complete, because only that tells whether the default lies
// within the limits; one outside them means that the value is absent.
class Left {
 public:
  Left(Walk* walk, std::string_view key, std::string standard, double number)
      : walk_(walk), key_(key), standard_(std::move(standard)), number_(number) {}
  Left(const Left&) = delete;
  Left& operator=(const Left&) = delete;
  ~Left();

  Left& doc(std::string_view text) { return with(text.find("if left out") == std::string_view::npos); }
  Left& refers_to(common::Refers) { return *this; }
  Left& positive() { return with(number_ > 0); }
  Left& positive_time() { return *this; }
  Left& not_negative() { return with(number_ >= 0); }
  Left& share() { return *this; }
  Left& at_least(std::int64_t low) { return with(number_ >= static_cast<double>(low)); }
  Left& between(std::int64_t, std::int64_t) { return *this; }

 private:
  Left& with(bool holds) {
    counts_ = counts_ && holds;
    return *this;
  }
  Walk* walk_;
  std::string_view key_;
  std::string standard_;
  double number_;
  bool counts_ = true;
};

class Walk {
 public:
  Walk(std::string path, std::vector<DefaultUsed>& found) : path_(std::move(path)), found_(found) {}

  template <class T>
  Left required(std::string_view key, common::Field<T>&) {
    return {nullptr, key, "", 0};
  }
  template <class T>
  Left optional(std::string_view key, common::Field<T>& field) {
    double number = 0;
    if constexpr (std::is_arithmetic_v<T>) number = static_cast<double>(field.value);
    return {field.stated ? nullptr : this, key, default_words(field.value), number};
  }
  template <class T>
  Left map(std::string_view key, common::Entries<common::Field<T>>&) {
    return {nullptr, key, "", 0};
  }
  template <class T>
  Left map(std::string_view key, common::Entries<T>& entries) {
    for (auto& entry : entries.list) inside(std::string(key) + ".NAME", entry.spec);
    return {nullptr, key, "", 0};
  }
  template <class T>
  Left streams(std::string_view key, common::Entries<T>& entries) {
    return map(key, entries);
  }
  template <class T>
  Left section(std::string_view key, T& spec) {
    inside(std::string(key), spec);
    return {nullptr, key, "", 0};
  }
  // What is left out of a supplier comes from the purchase around it.
  template <class T>
  Left sources(std::string_view key, common::Entries<T>&) {
    return {nullptr, key, "", 0};
  }

  void count(std::string_view key, const std::string& standard) {
    const std::string full = path_ + std::string(key);
    const auto same = std::find_if(found_.begin(), found_.end(), [&](const DefaultUsed& d) { return d.key == full; });
    if (same == found_.end()) {
      found_.push_back({full, standard, 1});
    } else {
      ++same->times;
    }
  }

 private:
  template <class T>
  void inside(const std::string& key, T& spec) {
    Walk walk(path_ + key + ".", found_);
    describe(walk, spec);
  }

  std::string path_;
  std::vector<DefaultUsed>& found_;
};

Left::~Left() {
  if (walk_ != nullptr && counts_ && !standard_.empty()) walk_->count(key_, standard_);
}

}  // namespace

std::vector<DefaultUsed> defaults_used(world::ScenarioSpec& spec) {
  std::vector<DefaultUsed> found;
  Walk walk("", found);
  describe(walk, spec);
  return found;
}

}  // namespace tierworks::schema
