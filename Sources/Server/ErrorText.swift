import Core
import Storage

/// One line about an error for the person at the terminal.
package enum ErrorText {
    /// The error's own words, with the field where it names one.
    package static func describe(_ error: any Error) -> String {
        switch error {
        case let error as SettingsError: error.description
        case let error as InputError: error.field.map { "\($0): \(error.message)" } ?? error.message
        case let error as StorageError: error.description
        default: "\(error)"
        }
    }
}
