/// A value that copies share until one of them is changed.
///
/// For what is large, part of a value that is copied often, and asked of few of the copies: each
/// costs one reference then.
struct Shared<Value: Sendable>: Sendable {
  /// Vouched for: changed only while a single value has it.
  private final class Storage: @unchecked Sendable {
    var value: Value

    init(_ value: Value) { self.value = value }
  }

  private var storage: Storage

  init(_ value: Value) { storage = Storage(value) }

  /// Calls `body` with the value itself, not with a copy.
  func lend<Result>(_ body: (borrowing Value) -> Result) -> Result { body(storage.value) }

  var value: Value {
    get { storage.value }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
      yield &storage.value
    }
  }
}
