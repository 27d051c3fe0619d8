import Model
import VirtioSpec

/// A device offers no stateless mode without REVISION_1.
///
/// Spec: 5.9.3.1
struct CryptoFeatRequiresOffered: OfferDependencies {
  static let id = "crypto.feat.requires-offered"
  var tally = Tally()
  var isJudged = false
}

/// A driver accepts no stateless mode without REVISION_1.
///
/// Spec: 5.9.3.1
struct CryptoFeatRequiresAccepted: AcceptDependencies {
  static let id = "crypto.feat.requires-accepted"
  var tally = Tally()
}

/// There are 1 to 65535 data queues.
///
/// Spec: 5.9.4.1
struct CryptoCfgMaxDataqRange: FieldRule {
  static let id = "crypto.cfg.max-dataq-range"
  static let field = ConfigSpan(.crypto, "max_dataqueues")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    (1...65535).contains(value) ? nil : "which is not in 1 to 65535"
  }
}

/// Of the status only HW_READY has a meaning.
///
/// Spec: 5.9.4.1
struct CryptoCfgStatusUndefined: FieldRule {
  static let id = "crypto.cfg.status-undefined"
  static let field = ConfigSpan(.crypto, "status")
  static let isMask = true
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value & ~1 == 0 ? nil : "which has bits without a meaning"
  }
}

/// The status holds valid flags.
///
/// Spec: 5.9.4.1
struct CryptoCfgStatusValid: FieldRule {
  static let id = "crypto.cfg.status-valid"
  static let coveredBy = ["crypto.cfg.status-undefined"]
  static let field = ConfigSpan(.crypto, "status")
  static let isMask = true
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value & ~1 == 0 ? nil : "which has bits without a meaning"
  }
}

/// There is a size that requests may have.
///
/// Spec: 5.9.4.1
struct CryptoCfgMaxSizeSet: FieldRule {
  static let id = "crypto.cfg.max-size-set"
  static let field = ConfigSpan(.crypto, "max_size")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    value != 0 ? nil : "with which there is no request"
  }
}

/// A device with the CIPHER service tells how long keys may be.
///
/// Spec: 5.9.4.1
struct CryptoCfgMaxCipherKeySet: CrossFieldRule {
  static let id = "crypto.cfg.max-cipher-key-set"
  static let fields = [
    ConfigSpan(.crypto, "crypto_services"), ConfigSpan(.crypto, "max_cipher_key_len"),
  ]
  var tally = Tally()

  static func judge(_ values: [UInt64?], _ session: Session) -> Judgement {
    guard let services = values[0], CryptoService.cipher.isIn(services), let length = values[1]
    else {
      return .silent
    }
    guard length == 0 else { return .held }
    return .broken("device offers the CIPHER service and gives max_cipher_key_len 0")
  }
}

/// A device with the MAC service tells how long keys may be.
///
/// Spec: 5.9.4.1
struct CryptoCfgMaxAuthKeySet: CrossFieldRule {
  static let id = "crypto.cfg.max-auth-key-set"
  static let fields = [
    ConfigSpan(.crypto, "crypto_services"), ConfigSpan(.crypto, "max_auth_key_len"),
  ]
  var tally = Tally()

  static func judge(_ values: [UInt64?], _ session: Session) -> Judgement {
    guard let services = values[0], CryptoService.mac.isIn(services), let length = values[1] else {
      return .silent
    }
    guard length == 0 else { return .held }
    return .broken("device offers the MAC service and gives max_auth_key_len 0")
  }
}
