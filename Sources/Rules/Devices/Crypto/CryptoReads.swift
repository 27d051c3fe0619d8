import Model
import VirtioSpec

/// A driver looks whether the hardware is ready before it sends a request.
///
/// Later lives have a statement of their own.
///
/// Spec: 5.9.4.2
struct CryptoCfgDrvReadStatus: ReadFieldsRule {
  static let id = "crypto.cfg.drv-read-status"
  static let fields = [ConfigSpan(.crypto, "status")]
  var tally = Tally()
  var marks = ReadMarks()

  static func applies(to session: Session) -> Knowledge {
    session.previous == nil ? .yes : .no
  }
}

/// A driver looks again whether the hardware is ready after a reset.
///
/// Spec: 5.9.4.2
struct CryptoCfgDrvRereadStatus: ReadFieldsRule {
  static let id = "crypto.cfg.drv-reread-status"
  static let fields = [ConfigSpan(.crypto, "status")]
  static let mayRemember = false
  var tally = Tally()
  var marks = ReadMarks()

  static func applies(to session: Session) -> Knowledge {
    session.previous == nil ? .no : .yes
  }
}

/// A driver reads how many data queues there are.
///
/// Spec: 5.9.4.2
struct CryptoCfgDrvReadMaxDataq: ReadFieldsRule {
  static let id = "crypto.cfg.drv-read-max-dataq"
  static let fields = [ConfigSpan(.crypto, "max_dataqueues")]
  var tally = Tally()
  var marks = ReadMarks()
}

/// A driver reads which services there are.
///
/// Spec: 5.9.4.2
struct CryptoCfgDrvReadServices: ReadFieldsRule {
  static let id = "crypto.cfg.drv-read-services"
  static let coveredBy = ["crypto.init.read-services"]
  static let fields = [ConfigSpan(.crypto, "crypto_services")]
  var tally = Tally()
  var marks = ReadMarks()
}

/// A driver reads which services there are while it initializes the device.
///
/// Spec: 5.9.5.1
struct CryptoInitReadServices: ReadFieldsRule {
  static let id = "crypto.init.read-services"
  static let fields = [ConfigSpan(.crypto, "crypto_services")]
  var tally = Tally()
  var marks = ReadMarks()
}

/// A driver reads the algorithms of the services that it uses.
///
/// Trap: one that uses a single service need not read the masks of others.
///
/// Spec: 5.9.4.2
struct CryptoCfgDrvReadAlgos: ReadFieldsRule {
  static let id = "crypto.cfg.drv-read-algos"
  static let coveredBy = ["crypto.init.read-algos"]
  static let fields = CryptoService.allCases.flatMap(\.masks)
  var tally = Tally()
  var marks = ReadMarks()

  static func judge(missing: [ConfigSpan], _ session: Session) -> Judgement {
    session.judgeAlgorithms(missing)
  }
}

/// A driver reads the algorithms of the services that it uses while it initializes the device.
///
/// Trap: one that uses a single service need not read the masks of others.
///
/// Spec: 5.9.5.1
struct CryptoInitReadAlgos: ReadFieldsRule {
  static let id = "crypto.init.read-algos"
  static let fields = CryptoService.allCases.flatMap(\.masks)
  var tally = Tally()
  var marks = ReadMarks()

  static func judge(missing: [ConfigSpan], _ session: Session) -> Judgement {
    session.judgeAlgorithms(missing)
  }
}

/// A driver reads how large a request may be.
///
/// Spec: 5.9.4.2
struct CryptoCfgDrvReadMaxSize: ReadFieldsRule {
  static let id = "crypto.cfg.drv-read-max-size"
  static let fields = [ConfigSpan(.crypto, "max_size")]
  var tally = Tally()
  var marks = ReadMarks()
}

/// A driver that uses CIPHER or AEAD reads how long keys may be.
///
/// Trap: which service a driver uses shows only where there is no other.
///
/// Spec: 5.9.4.2
struct CryptoCfgDrvReadCipherKey: ReadFieldsRule {
  static let id = "crypto.cfg.drv-read-cipher-key"
  static let fields = [ConfigSpan(.crypto, "max_cipher_key_len")]
  var tally = Tally()
  var marks = ReadMarks()

  static func judge(missing: [ConfigSpan], _ session: Session) -> Judgement {
    session.judgeKeyLength(missing, of: [.cipher, .aead])
  }
}

/// A driver that uses MAC reads how long keys may be.
///
/// Trap: which service a driver uses shows only where there is no other.
///
/// Spec: 5.9.4.2
struct CryptoCfgDrvReadAuthKey: ReadFieldsRule {
  static let id = "crypto.cfg.drv-read-auth-key"
  static let fields = [ConfigSpan(.crypto, "max_auth_key_len")]
  var tally = Tally()
  var marks = ReadMarks()

  static func judge(missing: [ConfigSpan], _ session: Session) -> Judgement {
    session.judgeKeyLength(missing, of: [.mac])
  }
}
