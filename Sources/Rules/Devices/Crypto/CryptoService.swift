import Model
import VirtioSpec

/// The services of a crypto device, by their bits in `crypto_services`.
enum CryptoService: Int, CaseIterable, Sendable {
  case cipher = 0
  case hash = 1
  case mac = 2
  case aead = 3
  case akcipher = 4

  func isIn(_ services: UInt64) -> Bool { services >> UInt64(rawValue) & 1 == 1 }

  /// The name in the specification.
  var name: String {
    switch self {
    case .cipher: "CIPHER"
    case .hash: "HASH"
    case .mac: "MAC"
    case .aead: "AEAD"
    case .akcipher: "AKCIPHER"
    }
  }

  /// The feature of its stateless mode.
  var statelessFeature: Int { rawValue + 1 }

  /// The fields with the mask of its algorithms; IPSEC has none here.
  var masks: [ConfigSpan] {
    switch self {
    case .cipher: Self.cipherMasks
    case .hash: Self.hashMasks
    case .mac: Self.macMasks
    case .aead: Self.aeadMasks
    case .akcipher: Self.akcipherMasks
    }
  }

  private static let cipherMasks = spans("cipher_algo_l", "cipher_algo_h")
  private static let hashMasks = spans("hash_algo")
  private static let macMasks = spans("mac_algo_l", "mac_algo_h")
  private static let aeadMasks = spans("aead_algo")
  private static let akcipherMasks = spans("akcipher_algo")

  private static func spans(_ names: String...) -> [ConfigSpan] {
    names.map { ConfigSpan(.crypto, $0) }
  }

  /// The field that lists the services.
  static let list = ConfigSpan(.crypto, "crypto_services")
}

extension Session {
  /// The services that the device offers, as this life or the one before read them.
  var cryptoServices: UInt64? {
    lastRead(CryptoService.list)
      ?? previous.flatMap { Self.lastRead(CryptoService.list, in: $0.config) }
  }
}
